/**
 * A sweep as numbers that can be added up, so that what the state machine carries from thousands of targets
 * stays far below its limit of 256 KB.
 */
import type { Mode } from '../contract/settings.js';
import { countsBy, isComplete, nothingListed, rounded } from '../reporting/counts.js';
import type { SweepResult } from '../reporting/tally.js';
import type { Swept } from '../sweep/sweep.js';

/**
 * Numbers by name; what is 0 is left out. Each is added up but `oldestOverdue`, in seconds, of which the
 * largest counts: see `ADD_UP` in `lib/organization/expressions.ts`.
 */
export type Figures = Readonly<Record<string, number>>;

/** Before the name of each state that TerminateSession returned. */
const RETURNED = 'returned:';

/** The figures of one target: either `swept` or `notSwept` is 1; `notReached` where it has no workgroup to sweep. */
export function figuresOf({ report, oldestOverdue, reached }: Swept): Figures {
  const { counts, calls, throttledCalls, saved, returnedStates } = report;
  const figures: Figures = {
    [nothingListed(report) ? 'notSwept' : 'swept']: 1,
    notReached: reached ? 0 : 1,
    ...counts,
    calls,
    throttledCalls,
    dpuHours: saved.dpuHours,
    sessionsNotCounted: saved.sessionsNotCounted,
    oldestOverdue,
    ...Object.fromEntries(Object.entries(returnedStates).map(([state, n]) => [`${RETURNED}${state}`, n])),
  };
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== 0));
}

interface Totals {
  readonly mode: Mode;
  readonly startedAt: string;
  readonly durationMs: number;
  /** Accounts times regions. */
  readonly targets: number;
  readonly dpuHourPrice: number;
  readonly figures: Figures;
}

/** How many targets were not swept: because they refused or failed, or because they gave no answer. */
export function targetsNotSwept({ targets, figures }: Pick<Totals, 'targets' | 'figures'>): number {
  return targets - (figures.swept ?? 0);
}

/** How many targets have no workgroup that the globs of the settings, or of the event, select. */
export function targetsNotReached({ figures }: Pick<Totals, 'figures'>): number {
  return figures.notReached ?? 0;
}

/**
 * The whole in the shape of one sweep, so that it is logged and measured as one. A target that gave no
 * answer counts as a region that could not be listed. Idle ages are not here: each target emits its own.
 */
export function sweepOfAll(totals: Totals): SweepResult {
  const { mode, startedAt, durationMs, dpuHourPrice, figures } = totals;
  const figure = (name: string) => figures[name] ?? 0;
  const withoutAnswer = targetsNotSwept(totals) - figure('notSwept');
  // Globs that reach some accounts and not others may be meant so; ones that reach none are a mistake.
  const reached = targetsNotReached(totals) < totals.targets || totals.targets === 0;
  const more = withoutAnswer + (reached ? 0 : 1);
  const counts = countsBy((name) => figure(name) + (name === 'notListed' ? more : 0));
  const report = {
    schemaVersion: 2,
    mode,
    startedAt,
    durationMs,
    complete: isComplete(counts),
    counts,
    returnedStates: returnedStatesOf(figures),
    saved: {
      dpuHours: rounded(figure('dpuHours')),
      cost: rounded(figure('dpuHours') * dpuHourPrice),
      sessionsNotCounted: figure('sessionsNotCounted'),
    },
    regions: [],
    notListed: [],
    calls: figure('calls'),
    throttledCalls: figure('throttledCalls'),
    sessions: [],
    sessionsOmitted: counts.due + counts.warned,
  } as const;
  return { report, idleAges: [], oldestOverdue: figure('oldestOverdue') };
}

function returnedStatesOf(figures: Figures): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(figures)
      .filter(([name]) => name.startsWith(RETURNED))
      .map(([name, value]) => [name.slice(RETURNED.length), value]),
  );
}
