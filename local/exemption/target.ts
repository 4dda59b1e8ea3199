/** The session or the workgroup whose exemption a person changes, in the region that has it. */
import { AthenaClient } from '@aws-sdk/client-athena';
import type { Account } from '../../lambda/athena/athena-sessions.js';
import { failureOf } from '../../lambda/athena/errors.js';
import {
  isGone,
  type SessionService,
  type SessionServiceError,
} from '../../lambda/athena/session-service.js';
import type { SessionDetail } from '../../lambda/policy/session.js';
import { AccountError } from '../account/account-error.js';
import { adviceFor } from '../account/advice.js';
import type { Connection } from '../account/connection.js';
import { findSession } from '../account/find-session.js';
import { type ResourceName, TaggedResource } from './tagged-resource.js';

export interface ExemptionTarget {
  readonly resource: TaggedResource;
  /** Missing for a workgroup. */
  readonly session?: SessionDetail;
}

/** @throws AccountError where no region has it, or the account is not known. */
export async function sessionTarget(
  given: string,
  connection: Connection,
  signal: AbortSignal,
): Promise<ExemptionTarget> {
  const { session, service } = await findSession(given, connection.services, signal);
  const { workGroup, sessionId } = session;
  return { session, resource: await resourceOf({ workGroup, sessionId }, service, connection) };
}

/** @throws AccountError where no region has it, several have one of that name, or the account is not known. */
export async function workgroupTarget(
  workGroup: string,
  connection: Connection,
  signal: AbortSignal,
): Promise<ExemptionTarget> {
  const looks = await Promise.all(
    connection.services.map((service) => lookIn(service, workGroup, connection, signal)),
  );
  const here = looks.filter(({ failure }) => failure === undefined);
  // Whoever may set a tag and not read it can do so where there is no doubt which workgroup is meant.
  const perhaps = looks.filter(({ failure }) => failure?.kind === 'denied');
  const [only, other] = here.length > 0 || looks.length > 1 ? here : perhaps;
  if (only === undefined) throw notFound(workGroup, looks);
  if (other !== undefined) {
    const regions = here.map(({ service }) => service.region).join(', ');
    throw new AccountError(
      'usage',
      `--workgroup: found ${workGroup} in ${regions}; allowed: one of them, named with --region`,
    );
  }
  return { resource: await resourceOf({ workGroup }, only.service, connection) };
}

interface Look {
  readonly service: SessionService;
  /** Why it has no such workgroup, or none that can be seen. */
  readonly failure?: SessionServiceError;
}

async function lookIn(
  service: SessionService,
  workGroup: string,
  connection: Connection,
  signal: AbortSignal,
): Promise<Look> {
  await accountOf(connection, service.region);
  try {
    await service.workgroupTags(workGroup, signal, { fresh: true });
    return { service };
  } catch (error) {
    return { service, failure: failureOf('ListTagsForResource', error) };
  }
}

function notFound(workGroup: string, looks: readonly Look[]): AccountError {
  const failed = looks.filter(({ failure }) => failure !== undefined && !isGone(failure));
  const regions = looks.map(({ service }) => service.region).join(', ');
  if (failed.length === 0) {
    return new AccountError(
      'failed',
      `There is no workgroup ${workGroup} in ${regions}. Look elsewhere with --region or --profile.`,
    );
  }
  const details = failed.flatMap(({ service: { region }, failure }) => {
    const error = failure?.message ?? '';
    const advice = adviceFor(error, { region, workGroup });
    return [`  ${error}`, `    in ${region}`, ...(advice === undefined ? [] : [`    → ${advice}`])];
  });
  return new AccountError(
    'failed',
    [`Workgroup ${workGroup} could not be looked at.`, ...details].join('\n'),
  );
}

async function resourceOf(
  name: ResourceName,
  service: SessionService,
  connection: Connection,
): Promise<TaggedResource> {
  const { region } = service;
  const { partition, accountId } = await accountOf(connection, region);
  const workgroup = `arn:${partition}:athena:${region}:${accountId}:workgroup/${name.workGroup}`;
  const arn = name.sessionId === undefined ? workgroup : `${workgroup}/session/${name.sessionId}`;
  const client = new AthenaClient({ ...connection.clientConfig, maxAttempts: 1, region });
  return new TaggedResource(name, service, client, arn);
}

/** @throws AccountError where STS does not say: an ARN has the account in it. */
async function accountOf({ namedAfter }: Connection, region: string): Promise<Account> {
  try {
    return await namedAfter(region);
  } catch (error) {
    const { message } = failureOf('GetCallerIdentity', error);
    const advice = adviceFor(message, { region });
    const lines = ['The account is not known, and tags are set by a name that has it.', `  ${message}`];
    throw new AccountError('failed', [...lines, ...(advice ? [`    → ${advice}`] : [])].join('\n'));
  }
}
