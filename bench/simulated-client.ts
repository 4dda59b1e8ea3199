/** An SDK client for simulated time, and what an embedded Athena counted of it. */
import { AthenaClient, type AthenaClientConfig, ListWorkGroupsCommand } from '@aws-sdk/client-athena';
import { CLIENT_DEFAULTS } from '../lambda/athena/athena-sessions.js';
import { EmbeddedAthena, inProcessHandler } from '../local/athena/index.js';
import { REGION } from './fleet.js';

type Handle = ReturnType<typeof inProcessHandler>['handle'];
type Request = Parameters<Handle>[0];
type Options = Parameters<Handle>[1];

/** A client's first call loads modules, which takes real time: it is made here, before time is simulated. */
export async function switchedClient(config: AthenaClientConfig) {
  const nobody = inProcessHandler(new EmbeddedAthena());
  let { handle } = nobody;
  const client = new AthenaClient({
    ...config,
    region: REGION,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'simulated' },
    requestHandler: { ...nobody, handle: (request: Request, options?: Options) => handle(request, options) },
  });
  await client.send(new ListWorkGroupsCommand({}));
  const requestTimeoutMs = CLIENT_DEFAULTS.requestHandler.requestTimeout;
  const connect = (athena: EmbeddedAthena) => {
    handle = inProcessHandler(athena, { requestTimeoutMs }).handle;
  };
  return { client, connect };
}

/** The client was in use before, and its rate limiters do not bear a clock that goes backwards. */
export function fromNow(): { readonly startAt: number } {
  return { startAt: Date.now() };
}

const OPERATIONS = [
  'ListWorkGroups',
  'ListSessions',
  'ListTagsForResource',
  'GetSession',
  'TerminateSession',
] as const;

export function countsOf({ journal }: EmbeddedAthena): {
  readonly calls: number;
  readonly throttled: number;
} {
  const sum = (outcome?: string) =>
    OPERATIONS.reduce((n, operation) => n + journal.count(operation, outcome), 0);
  return { calls: sum(), throttled: sum('ThrottlingException') };
}
