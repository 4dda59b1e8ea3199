/** What every invocation needs of the world around it, and what it does before it sweeps. */
import type { Account } from '../athena/athena-sessions.js';
import type { SessionService } from '../athena/session-service.js';
import type { EventHistory } from '../cloudtrail/event-history.js';
import { lineOf, show } from '../contract/mistakes.js';
import type { SessionRecord } from '../contract/report.js';
import type { ReaperSettings } from '../contract/settings.js';
import { LOG_MESSAGES } from '../contract/telemetry.js';
import type { EventBus } from '../events/event-bus.js';
import { type LineWriter, logTo, type MetricWriter } from '../reporting/emission.js';
import type { SweepObserver } from '../reporting/observer.js';
import { SettingsError } from '../settings/read-settings.js';
import type { ProcessMemory } from '../sweep/process-memory.js';

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
  readonly memory: ProcessMemory;
  /** From 0 up to 1. @default Math.random */
  readonly random?: () => number;
  /** Loads what knows who started sessions; missing where nobody is to ask. */
  readonly history?: () => Promise<EventHistory>;
  /** Loads what events of sessions are put on; missing where they go nowhere, as in a simulation. */
  readonly bus?: () => Promise<EventBus>;
}

/**
 * What a sweep gets so that it says and counts what it did before no second time.
 * @param holding is given each session, beside the log.
 */
export function remembering(
  { memory, clock }: Pick<Host, 'memory' | 'clock'>,
  logger: LineWriter,
  holding: SweepObserver = {},
): { readonly memory: ProcessMemory; readonly observer: SweepObserver } {
  const saidToday = (text: string) => memory.saidToday(text, new Date(clock()));
  const log = logTo(logger, saidToday);
  const session = (record: SessionRecord) => {
    log.session?.(record);
    holding.session?.(record);
  };
  return { memory, observer: { ...log, session } };
}

/** What Lambda says of an invocation. */
export interface InvocationContext {
  readonly invokedFunctionArn: string;
  getRemainingTimeInMillis(): number;
}

/** Reads settings, event or context; what cannot be used is logged before it is thrown. */
export function readOrRefuse<T>(logger: LineWriter, read: () => T): T {
  try {
    return read();
  } catch (error) {
    logger.error(LOG_MESSAGES.refused, { error: error instanceof Error ? error.message : String(error) });
    throw error;
  }
}

const FUNCTION_ARN = /^arn:(aws[a-z-]*):lambda:[a-z0-9-]+:(\d{12}):function:./;

/**
 * The account and partition of `arn:<partition>:lambda:<region>:<account>:function:<name>`. Whose tags are read
 * depends on them, so that they are never guessed.
 * @throws SettingsError where the ARN is not of that form.
 */
export function accountOf(functionArn: string): Account {
  const [, partition, accountId] = FUNCTION_ARN.exec(functionArn) ?? [];
  if (partition !== undefined && accountId !== undefined) return { partition, accountId };
  const mistake = {
    path: ['invokedFunctionArn'],
    found: show(functionArn),
    allowed: 'arn:<partition>:lambda:<region>:<account id of 12 digits>:function:<name>',
  };
  throw new SettingsError('The context of the invocation', [lineOf(mistake)]);
}
