import { setMaxListeners } from 'node:events';
import { AthenaClient, type AthenaClientConfig } from '@aws-sdk/client-athena';
import { onTestFinished } from 'vitest';
import { AthenaSessions, CLIENT_DEFAULTS } from '../../lambda/athena/athena-sessions.js';
import type { Outcome } from '../../lambda/contract/outcomes.js';
import type { SessionRecord } from '../../lambda/contract/report.js';
import { type SweepOptions, sweep } from '../../lambda/sweep/sweep.js';
import {
  DEFAULT_ACCOUNT,
  EmbeddedAthena,
  type EmbeddedAthenaOptions,
  serveAthena,
} from '../../local/athena/index.js';
import { sweepSettings } from './sessions.js';

export const REGION = 'eu-west-1';
export const ACCOUNT = { partition: 'aws', accountId: DEFAULT_ACCOUNT } as const;

/** An embedded Athena, served over HTTP until the test ends. */
export async function servedAthena(options: EmbeddedAthenaOptions = {}) {
  const athena = new EmbeddedAthena(options);
  const { url, close } = await serveAthena(athena);
  onTestFinished(close);
  return { athena, url, region: athena.region(REGION) };
}

/** The real client on a loopback endpoint until the test ends, with the settings that the function uses. */
export function clientFor(
  url: string,
  region: string = REGION,
  config: AthenaClientConfig = {},
): AthenaClient {
  const client = new AthenaClient({
    ...CLIENT_DEFAULTS,
    region,
    endpoint: url,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'loopback-only' },
    ...config,
  });
  onTestFinished(() => client.destroy());
  return client;
}

export function sessionsAt(
  url: string,
  region: string = REGION,
  config: AthenaClientConfig = {},
): AthenaSessions {
  return new AthenaSessions(clientFor(url, region, config), region, ACCOUNT);
}

/** A signal that never aborts. */
export const noHurry = new AbortController().signal;
setMaxListeners(0, noHurry);

/** One sweep through the real adapter over HTTP, without a deadline. */
export function sweepAt(
  url: string,
  changes: Parameters<typeof sweepSettings>[0] = {},
  options: Partial<Omit<SweepOptions, 'settings'>> = {},
) {
  const settings = sweepSettings(changes);
  const regions = settings.regions.length > 0 ? settings.regions : [REGION];
  return sweep(
    regions.map((region) => sessionsAt(url, region)),
    { settings, clock: Date.now, stop: noHurry, lastCall: noHurry, ...options },
  );
}

/** Outcomes by session id. */
export function outcomesOf(records: readonly SessionRecord[]): Readonly<Record<string, Outcome>> {
  return Object.fromEntries(records.map(({ sessionId, outcome }) => [sessionId, outcome]));
}
