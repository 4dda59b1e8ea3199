/** How a session that was due fared, and what follows from it: one table, from which counts, log and report read. */

interface OutcomeTraits {
  /** Its name among the counts of a report. */
  readonly count: string;
  /** Of its log line. */
  readonly logLevel: 'debug' | 'info' | 'error';
  /** Its own end is brought forward, or would be, so that what it would still have billed is saved. */
  readonly saves: boolean;
  /** The sweep has not done what it was to do, so that it is not complete. */
  readonly incomplete: boolean;
}

const HARMLESS = { logLevel: 'info', saves: false, incomplete: false } as const;

/** Exactly one for each due session. */
export const DUE_OUTCOMES = {
  /** TerminateSession returned TERMINATING or TERMINATED, again where the session is listed all the same. */
  terminated: { ...HARMLESS, count: 'terminated', saves: true },
  /** TerminateSession returned another state, or none: the next sweep sees whether the session went. */
  accepted: { ...HARMLESS, count: 'accepted' },
  'already-inactive': { ...HARMLESS, count: 'alreadyInactive' },
  /** No longer due at the last look. */
  spared: { ...HARMLESS, count: 'spared' },
  /** In report mode: would have been ended. */
  'would-terminate': { ...HARMLESS, count: 'wouldTerminate', saves: true },
  /**
   * Left to the next sweep. Any number of sessions can be deferred at every sweep, untouched: their lines would be
   * a bill without a bound.
   */
  deferred: { ...HARMLESS, count: 'deferred', logLevel: 'debug', incomplete: true },
  failed: { ...HARMLESS, count: 'failed', logLevel: 'error', incomplete: true },
} as const satisfies Readonly<Record<string, OutcomeTraits>>;
export type DueOutcome = keyof typeof DUE_OUTCOMES;

/** `warned`: not due yet, but soon. */
export type Outcome = DueOutcome | 'warned';

/** A session that is past its limit for more than this many intervals between sweeps is overdue. */
export const INTERVALS_OVERDUE = 3;

/** The place of an outcome in a report: first what was done, then what is due still, and last what was kept. */
export const REPORT_ORDER: Readonly<Record<Outcome, number>> = {
  terminated: 1,
  accepted: 2,
  'would-terminate': 3,
  failed: 4,
  deferred: 5,
  'already-inactive': 6,
  warned: 7,
  spared: 8,
};
