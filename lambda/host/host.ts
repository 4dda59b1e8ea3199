/** What every invocation needs of the world around it, and what it does before it sweeps. */
import type { Account } from '../athena/athena-sessions.js';
import type { SessionService } from '../athena/session-service.js';
import type { ReaperSettings } from '../contract/settings.js';
import { LOG_MESSAGES } from '../contract/telemetry.js';
import type { LineWriter, MetricWriter } from '../reporting/emission.js';

export interface Host {
  /** @throws SettingsError */
  readonly settings: () => ReaperSettings;
  /** The region that the function runs in. */
  readonly ownRegion: string;
  readonly connect: (region: string, account: Account) => SessionService;
  readonly logger: LineWriter;
  readonly metrics: MetricWriter;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** What Lambda says of an invocation. */
export interface InvocationContext {
  readonly invokedFunctionArn: string;
  getRemainingTimeInMillis(): number;
}

/** Reads settings or event; what cannot be used is logged before it is thrown. */
export function readOrRefuse<T>(logger: LineWriter, read: () => T): T {
  try {
    return read();
  } catch (error) {
    logger.error(LOG_MESSAGES.refused, { error: error instanceof Error ? error.message : String(error) });
    throw error;
  }
}

/** The account and partition of `arn:<partition>:lambda:<region>:<account>:function:<name>`. */
export function accountOf(functionArn: string): Account {
  const [, partition = 'aws', , , accountId = ''] = functionArn.split(':');
  return { partition, accountId };
}
