/** What holds for every report, log and metric of a sweep, by what went over the wire. */
import assert from 'node:assert/strict';
import {
  COUNT_NAMES,
  type Counts,
  type SessionRecord,
  type SweepReport,
} from '../../lambda/contract/report.js';
import { LOG_MESSAGES } from '../../lambda/contract/telemetry.js';
import {
  exchangesOf,
  isFullyListed,
  isRefused,
  listedAs,
  selectedWorkgroups,
  sessionOf,
} from './evidence.js';
import type { Invariant } from './invariant.js';
import type { Observation } from './simulation.js';

export const REPORT_INVARIANTS: readonly Invariant[] = [
  {
    name: 'throws only where no region could be swept, with its log lines and metrics out',
    check: (seen) => {
      assert.equal(linesOf(seen, LOG_MESSAGES.sweep).length, 1, 'summary lines');
      assert.equal(seen.metrics.get('SweepComplete')?.length, 1, 'values of SweepComplete');
      if (seen.report) return;
      assert(seen.thrown instanceof Error && seen.thrown.name === 'NothingSweptError', String(seen.thrown));
      assert.equal(counted(seen).workgroups, 0);
      for (const region of seen.regions) {
        const missing = seen.lines.some(({ level, fields }) => level === 'error' && fields.region === region);
        assert(missing, `${region} was swept`);
      }
    },
  },
  {
    name: 'counts every session once',
    check: (seen) => {
      for (const counts of [counted(seen), ...(seen.report?.regions ?? []).map((region) => region.counts)]) {
        const { listed, kept, warned, unknown, due } = counts;
        assert.equal(kept + warned + unknown + due, listed, 'listed');
        const { terminated, accepted, alreadyInactive, spared, wouldTerminate, deferred, failed } = counts;
        const ends = terminated + accepted + alreadyInactive + spared + wouldTerminate + deferred + failed;
        assert.equal(ends, due, 'due');
      }
      const { report } = seen;
      if (!report) return;
      for (const name of COUNT_NAMES) {
        const sum: number = report.regions.reduce((total, region) => total + region.counts[name], 0);
        assert.equal(report.counts[name], sum, name);
      }
    },
  },
  {
    name: 'gives each due session exactly one outcome, in a line that its counts agree with',
    check: (seen) => {
      const records = sessionLines(seen);
      const ids = records.map(({ sessionId }) => sessionId);
      assert.equal(new Set(ids).size, ids.length, 'sessions with two outcomes');
      const counts = counted(seen);
      const of = (outcome: string) => records.filter((record) => record.outcome === outcome).length;
      for (const [outcome, name] of OUTCOMES) assert.equal(of(outcome), counts[name], outcome);
      for (const { sessionId } of records) {
        assert(listedAs(seen, sessionId, Number.POSITIVE_INFINITY), `${sessionId} was never listed`);
      }
    },
  },
  { name: 'says of each session what the service answered', check: (seen) => agreesWithAnswers(seen) },
  {
    name: 'says what it could not look at',
    check: (seen) => {
      const missing = [
        ...linesOf(seen, LOG_MESSAGES.regionNotListed),
        ...linesOf(seen, LOG_MESSAGES.workgroupNotListed),
      ];
      for (const workgroup of selectedWorkgroups(seen)) {
        const { region, name, engine } = workgroup;
        if (isFullyListed(seen, region, name)) continue;
        if (engine === 'unknown' && isRefused(seen, workgroup)) continue;
        const isSaid = missing.some(
          ({ fields }) => fields.region === region && [name, undefined].includes(asText(fields.workGroup)),
        );
        assert(isSaid, `${name} in ${region} was left out without a word`);
      }
      const counts = counted(seen);
      assert.equal(counts.notListed, missing.length, 'places not listed');
      const complete = counts.notListed + counts.deferred + counts.failed === 0;
      assert.equal(seen.metrics.get('SweepComplete')?.[0], complete ? 1 : 0, 'SweepComplete');
      if (seen.report) assert.equal(seen.report.complete, complete, 'complete');
    },
  },
  {
    name: 'emits what it reports, and counts the calls it made',
    check: (seen) => {
      const summary = linesOf(seen, LOG_MESSAGES.sweep)[0]?.fields;
      const throttled = seen.exchanges.filter(
        ({ error }) => error !== undefined && THROTTLED.includes(error),
      );
      assert.equal(summary?.calls, seen.exchanges.length, 'calls');
      assert.equal(summary?.throttledCalls, throttled.length, 'throttled calls');
      const counts = counted(seen);
      for (const [metric, name] of METRICS_OF_COUNTS) {
        if (metric === 'SessionsTerminated' && seen.settings.mode === 'report') continue;
        assert.deepEqual(seen.metrics.get(metric), [counts[name]], metric);
      }
      assert(Number(summary?.durationMs) >= 0, 'duration');
    },
  },
];

const OUTCOMES = [
  ['warned', 'warned'],
  ['terminated', 'terminated'],
  ['accepted', 'accepted'],
  ['already-inactive', 'alreadyInactive'],
  ['spared', 'spared'],
  ['would-terminate', 'wouldTerminate'],
  ['deferred', 'deferred'],
  ['failed', 'failed'],
] as const satisfies readonly (readonly [string, keyof Counts])[];

const METRICS_OF_COUNTS = [
  ['SessionsListed', 'listed'],
  ['SessionsDue', 'due'],
  ['SessionsTerminated', 'terminated'],
  ['SessionsSpared', 'spared'],
  ['SessionsDeferred', 'deferred'],
  ['SessionsFailed', 'failed'],
  ['SessionsUnknown', 'unknown'],
  ['PlacesNotListed', 'notListed'],
] as const satisfies readonly (readonly [string, keyof Counts])[];

const THROTTLED: readonly string[] = ['ThrottlingException', 'TooManyRequestsException'];

/** The counts, which the log has even where the invocation throws. */
function counted(seen: Observation): SweepReport['counts'] {
  const counts = Object(linesOf(seen, LOG_MESSAGES.sweep)[0]?.fields.counts);
  for (const name of COUNT_NAMES) assert.equal(typeof counts[name], 'number', `count of ${name}`);
  return counts;
}

function linesOf(seen: Pick<Observation, 'lines'>, message: string) {
  return seen.lines.filter((line) => line.message === message);
}

type LoggedSession = Pick<
  SessionRecord,
  'sessionId' | 'workGroup' | 'region' | 'outcome' | 'returnedState' | 'error'
>;

/** The lines of sessions, due or warned: all of them, where the report has the oldest 200. */
export function sessionLines(seen: Pick<Observation, 'lines'>): readonly LoggedSession[] {
  return linesOf(seen, LOG_MESSAGES.session).map(({ fields }) => Object(fields));
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function agreesWithAnswers(seen: Observation): void {
  const calls = exchangesOf(seen, 'TerminateSession');
  for (const { sessionId, outcome, returnedState, error } of sessionLines(seen)) {
    const asked = calls.filter((call) => sessionOf(call) === sessionId);
    const last = asked.at(-1);
    const answer = last?.output?.State;
    const ended = answer === 'TERMINATING' || answer === 'TERMINATED';
    assert.equal(outcome === 'terminated', ended, `${sessionId}: ${outcome}, answered ${answer}`);
    if (ended) assert.equal(returnedState, answer, sessionId);
    if (outcome === 'failed') assert(error, `${sessionId}: failed without saying why`);
    if (outcome === 'deferred' || outcome === 'would-terminate' || outcome === 'warned') {
      assert.equal(asked.length, 0, `${sessionId}: ${outcome} though it was asked for`);
    }
    if (outcome === 'accepted') assert(last?.output, `${sessionId}: accepted without an answer`);
  }
}
