/**
 * A sweep as numbers that can be added up, so that what the state machine carries from thousands of targets
 * stays far below its limit of 256 KB.
 */
import type { NotListed, OrganizationTotals, SessionRecord, SweepReport } from '../contract/report.js';
import type { Mode } from '../contract/settings.js';
import { countsBy, isComplete, nothingListed, rounded } from '../reporting/counts.js';
import { withSessions } from '../reporting/report-sessions.js';
import type { SweepResult } from '../reporting/tally.js';
import type { TextOptions } from '../reporting/texts.js';
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
  return withoutZeros({
    [nothingListed(report) ? 'notSwept' : 'swept']: 1,
    notReached: reached ? 0 : 1,
    ...figuresOfReport(report),
    oldestOverdue,
  });
}

/** As much of a target's report as its line in the log has. */
interface LoggedTarget extends Pick<SweepReport, 'returnedStates' | 'calls' | 'throttledCalls'> {
  readonly counts: Figures;
  readonly saved: Omit<SweepReport['saved'], 'cost'>;
}

/** The same, of a target's line in the log, which does not say whether it was reached or has overdue sessions. */
export function figuresInLog(line: LoggedTarget): Figures {
  const { workgroups = 0, notListed = 0 } = line.counts;
  const swept = workgroups > 0 || notListed === 0;
  return withoutZeros({ [swept ? 'swept' : 'notSwept']: 1, ...figuresOfReport(line) });
}

function figuresOfReport({ counts, calls, throttledCalls, saved, returnedStates }: LoggedTarget): Figures {
  const { dpuHours, sessionsNotCounted } = saved;
  const states = Object.entries(returnedStates).map(([state, n]) => [`${RETURNED}${state}`, n]);
  return { ...counts, calls, throttledCalls, dpuHours, sessionsNotCounted, ...Object.fromEntries(states) };
}

function withoutZeros(figures: Figures): Figures {
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== 0));
}

/** The sum of figures that all add up. */
export function addedUp(all: readonly Figures[]): Figures {
  const sum = new Map<string, number>();
  for (const [name, value] of all.flatMap(Object.entries<number>))
    sum.set(name, (sum.get(name) ?? 0) + value);
  return Object.fromEntries(sum);
}

/** How many sessions a report is to name. */
export function toName({ news = 0, wouldTerminate = 0 }: Figures): number {
  return news + wouldTerminate;
}

/** Of how many targets something is known. */
export function heardOf({ swept = 0, notSwept = 0, notBegun = 0 }: Figures): number {
  return swept + notSwept + notBegun;
}

export interface Totals {
  readonly mode: Mode;
  readonly startedAt: string;
  readonly durationMs: number;
  /** Accounts times regions. */
  readonly targets: number;
  readonly dpuHourPrice: number;
  readonly figures: Figures;
  /** As many of its sessions as are known. */
  readonly records: readonly SessionRecord[];
  readonly isNews: (record: SessionRecord) => boolean;
  readonly givenUp?: OrganizationTotals['givenUp'];
  readonly texts: TextOptions;
}

/**
 * The whole in the shape of one sweep, so that it is logged and measured as one. A target that was not begun or gave
 * no answer counts as a region that could not be listed. Idle ages are not here: each target emits its own.
 */
export function sweepOfAll(totals: Totals): SweepResult {
  const { mode, startedAt, durationMs, dpuHourPrice, figures, records, isNews, texts } = totals;
  const figure = (name: string) => figures[name] ?? 0;
  const organization = organizationTotals(totals);
  const { targetsNotSwept } = organization;
  const whole = wholeNotListed(organization);
  const uncounted = targetsNotSwept - figure('notSwept') + whole.length;
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
    notListed: [...whole, ...unanswered(organization, figure('notSwept'))],
    calls: figure('calls'),
    throttledCalls: figure('throttledCalls'),
    organization,
  } as const;
  const recorded = Math.max(records.length, counts.due + counts.warned);
  return {
    report: withSessions(report, { records, recorded, isNews, texts }),
    idleAges: [],
    oldestOverdue: figure('oldestOverdue'),
  };
}

function organizationTotals({ targets, figures, givenUp }: Totals): OrganizationTotals {
  return {
    targets,
    targetsNotSwept: targets - (figures.swept ?? 0),
    targetsNotBegun: figures.notBegun ?? 0,
    accountsReached: figures.accountsReached ?? 0,
    accountsNotReached: figures.accountsNotReached ?? 0,
    ...(givenUp && { givenUp }),
  };
}

const GIVEN_UP = {
  stopped: 'Somebody stopped the sweep before it was over',
  'timed-out': 'The sweep lasted too long and was given up',
} as const;

/** No account at all, or none with a workgroup that is selected, is a mistake and no clean organization. */
function wholeNotListed(organization: OrganizationTotals): readonly NotListed[] {
  const { targets, accountsReached, accountsNotReached, givenUp } = organization;
  if (givenUp) return [{ region: ALL, error: GIVEN_UP[givenUp] }];
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
