/**
 * A sweep as numbers that can be added up, so that what the state machine carries from thousands of targets
 * stays far below its limit of 256 KB.
 */
import type { NotListed, OrganizationTotals } from '../contract/report.js';
import type { Mode } from '../contract/settings.js';
import { countsBy, isComplete, nothingListed, rounded } from '../reporting/counts.js';
import type { SweepResult } from '../reporting/tally.js';
import { type TextOptions, textsOf } from '../reporting/texts.js';
import type { Swept } from '../sweep/sweep.js';

/**
 * Numbers by name; what is 0 is left out. Each is added up but `oldestOverdue`, in seconds, of which the largest
 * counts, and `notReached`, which becomes a number of accounts: see `ADD_UP` and `ADD_UP_TARGETS` in
 * `lib/organization/expressions/adding-up.ts`.
 */
export type Figures = Readonly<Record<string, number>>;

/** Events of sessions that a target could not put on the bus. */
export const EVENTS_FAILED = 'sessionEventsFailed';

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
  readonly texts: TextOptions;
}

/**
 * The whole in the shape of one sweep, so that it is logged and measured as one. A target that was not begun or gave
 * no answer counts as a region that could not be listed. Idle ages are not here: each target emits its own.
 */
export function sweepOfAll(totals: Totals): SweepResult {
  const { mode, startedAt, durationMs, dpuHourPrice, figures } = totals;
  const figure = (name: string) => figures[name] ?? 0;
  const organization = organizationTotals(totals);
  const { targetsNotSwept } = organization;
  const nothing = nothingToSweep(organization);
  const uncounted = targetsNotSwept - figure('notSwept') + nothing.length;
  const counts = countsBy((name) => figure(name) + (name === 'notListed' ? uncounted : 0));
  const report = {
    schemaVersion: 2,
    mode,
    startedAt,
    durationMs,
    complete: isComplete(counts),
    counts,
    // Each target is listed anew at every sweep.
    oldestListingSeconds: 0,
    returnedStates: returnedStatesOf(figures),
    saved: {
      dpuHours: rounded(figure('dpuHours')),
      cost: rounded(figure('dpuHours') * dpuHourPrice),
      sessionsNotCounted: figure('sessionsNotCounted'),
    },
    regions: [],
    notListed: [...nothing, ...unanswered(organization, figure('notSwept'))],
    calls: figure('calls'),
    throttledCalls: figure('throttledCalls'),
    organization,
    sessions: [],
    sessionsOmitted: counts.due + counts.warned,
  } as const;
  return {
    report: { ...report, ...textsOf(report, [], totals.texts) },
    idleAges: [],
    oldestOverdue: figure('oldestOverdue'),
  };
}

function organizationTotals({ targets, figures }: Totals): OrganizationTotals {
  return {
    targets,
    targetsNotSwept: targets - (figures.swept ?? 0),
    targetsNotBegun: figures.notBegun ?? 0,
    accountsReached: figures.accountsReached ?? 0,
    accountsNotReached: figures.accountsNotReached ?? 0,
  };
}

/** No account at all, or none with a workgroup that is selected, is a mistake and no clean organization. */
function nothingToSweep(organization: OrganizationTotals): readonly NotListed[] {
  const { targets, accountsReached, accountsNotReached } = organization;
  if (targets === 0) return [{ region: ALL, error: 'No account was found that is to be swept' }];
  if (accountsReached > 0 || accountsNotReached === 0) return [];
  return [{ region: ALL, error: 'The workgroup globs select no workgroup in any account' }];
}

function unanswered(
  { targetsNotSwept, targetsNotBegun }: OrganizationTotals,
  refused: number,
): readonly NotListed[] {
  const silent = targetsNotSwept - targetsNotBegun - refused;
  return [
    { count: targetsNotBegun, error: 'not begun, because time was up' },
    { count: refused, error: 'not listed at all; the log says why for each' },
    { count: silent, error: 'not heard of; the log of the state machine says why' },
  ].flatMap(({ count, error }) =>
    count > 0 ? [{ region: ALL, error: `${count} accounts times regions were ${error}` }] : [],
  );
}

/** In place of a region, for what is not about one of them. */
const ALL = 'all';

function returnedStatesOf(figures: Figures): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(figures)
      .filter(([name]) => name.startsWith(RETURNED))
      .map(([name, value]) => [name.slice(RETURNED.length), value]),
  );
}
