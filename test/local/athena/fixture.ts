import { Athena, type AthenaClientConfig } from '@aws-sdk/client-athena';
import { onTestFinished } from 'vitest';
import {
  DrivenClock,
  EmbeddedAthena,
  type EmbeddedAthenaOptions,
  inProcessHandler,
  serveAthena,
} from '../../../local/athena/index.js';

export const REGION = 'eu-west-1';

/** An embedded Athena on a driven clock, over HTTP until the test ends, with one Spark workgroup `etl`. */
export async function embedded(options: EmbeddedAthenaOptions = {}) {
  const clock = new DrivenClock();
  const athena = new EmbeddedAthena({ clock, ...options });
  const region = athena.region(REGION);
  region.createWorkgroup({ name: 'etl' });
  const { url, close } = await serveAthena(athena);
  onTestFinished(close);
  return { clock, athena, region, url, client: clientOf({ endpoint: url }) };
}

/** The same without sockets, which is quicker. What the transport makes no difference to is tested so. */
export function inProcess(options: EmbeddedAthenaOptions & { requestTimeoutMs?: number } = {}) {
  const clock = new DrivenClock();
  const athena = new EmbeddedAthena({ clock, ...options });
  const region = athena.region(REGION);
  region.createWorkgroup({ name: 'etl' });
  const client = clientOf({
    requestHandler: inProcessHandler(athena, { requestTimeoutMs: options.requestTimeoutMs }),
  });
  return { clock, athena, region, client };
}

/** The real SDK, which tries everything once. */
export function clientOf(config: AthenaClientConfig): Athena {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'loopback-only' };
  const client = new Athena({ region: REGION, credentials, maxAttempts: 1, ...config });
  onTestFinished(() => client.destroy());
  return client;
}

/** Name, and code if it has one, of the error that a call ends in; a call that succeeds is a mistake of the test. */
export async function errorOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => new Error('the call succeeded'),
    (reason: Error) => reason,
  );
  return 'code' in error ? `${error.name} ${error.code}` : error.name;
}

export function minutes(count: number): number {
  return count * 60_000;
}
