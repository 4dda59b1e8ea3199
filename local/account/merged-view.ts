/** One view of what a sweep listed, and of what was then done to the sessions that it found due. */
import { COUNT_NAMES, type Counts, type SweepReport } from '../../lambda/contract/report.js';
import { keyOf, recordsOf, type SeenSession, type SweepView } from './sweep-view.js';

/**
 * @param listed a sweep in report mode.
 * @param ended a sweep in terminate mode over sessions of `listed.due` alone, with the calls of that sweep.
 */
export function mergedView(listed: SweepView, ended: SweepView): SweepView {
  const done = new Map(ended.sessions.map((seen) => [keyOf(seen.session), seen]));
  const sessions = listed.sessions.map((seen) => done.get(keyOf(seen.session)) ?? seen);
  const left = listed.due.filter((session) => !done.has(keyOf(session)));
  return { ...listed, report: mergedReport(listed.report, ended.report, sessions), sessions, due: left };
}

function mergedReport(
  listed: SweepReport,
  ended: SweepReport,
  sessions: readonly SeenSession[],
): SweepReport {
  const endedIn = new Map(ended.regions.map(({ region, counts }) => [region, counts]));
  const regions = listed.regions.map((region) => ({
    ...region,
    counts: mergedCounts(region.counts, endedIn.get(region.region)),
  }));
  const counts = mergedCounts(listed.counts, ended.counts);
  return {
    ...listed,
    mode: ended.mode,
    // Without the time that a person took to answer.
    durationMs: listed.durationMs + ended.durationMs,
    complete: listed.complete && ended.complete,
    counts,
    returnedStates: ended.returnedStates,
    saved: ended.saved,
    regions,
    calls: listed.calls + ended.calls,
    throttledCalls: listed.throttledCalls + ended.throttledCalls,
    sessions: recordsOf(sessions),
  };
}

/** The listing's counts, in which those that would have been ended have become what was done to them. */
function mergedCounts(listed: Counts, ended: Counts | undefined): Counts {
  if (!ended) return listed;
  const outcomes = COUNT_NAMES.filter((name) => !LISTING.includes(name));
  const merged = outcomes.map((name) => [name, listed[name] + ended[name]] as const);
  return {
    ...listed,
    ...Object.fromEntries(merged),
    wouldTerminate: listed.wouldTerminate + ended.wouldTerminate - ended.due,
  };
}

/** What the second sweep counts again. */
const LISTING: readonly (keyof Counts)[] = [
  'workgroups',
  'notListed',
  'listed',
  'kept',
  'warned',
  'unknown',
  'due',
];
