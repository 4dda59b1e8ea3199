/** What holds for every report, log and metric of a sweep, by what went over the wire. */
import assert from 'node:assert/strict';
import { COUNT_NAMES, type Counts } from '../../../lambda/contract/report.js';
import { LOG_MESSAGES } from '../../../lambda/contract/telemetry.js';
import { countsOf, linesOf, metricOf, notListedLines, sessionLines } from '../play/observed.js';
import { isClockApart } from './clocks.js';
import { exchangesOf, isFullyListed, listedAs, workgroupsToList } from './evidence.js';
import type { Invariant } from './invariant.js';

export const REPORT_INVARIANTS: readonly Invariant[] = [
  {
    name: 'throws only where no region could be swept, with its log lines and metrics out',
    check: (seen) => {
      assert.equal(linesOf(seen, LOG_MESSAGES.sweep).length, 1, 'summary lines');
      assert.equal(seen.metrics.get('SweepComplete')?.length, 1, 'values of SweepComplete');
      if (seen.report) return;
      assert(seen.thrown instanceof Error && seen.thrown.name === 'NothingSweptError', String(seen.thrown));
      assert.equal(countsOf(seen).workgroups, 0);
      for (const region of seen.regions) {
        const missing = seen.lines.some(({ level, fields }) => level === 'error' && fields.region === region);
        assert(missing, `${region} was swept`);
      }
    },
  },
  {
    name: 'counts every session once',
    check: (seen) => {
      const regions = seen.report?.regions ?? [];
      for (const counts of [countsOf(seen), ...regions.map((region) => region.counts)]) {
        const { listed, kept, warned, unknown, due } = counts;
        assert.equal(kept + warned + unknown + due, listed, 'listed');
        const { terminated, accepted, alreadyInactive, spared, wouldTerminate, deferred, failed } = counts;
        const ends = terminated + accepted + alreadyInactive + spared + wouldTerminate + deferred + failed;
        assert.equal(ends, due, 'due');
      }
      if (!seen.report) return;
      for (const name of COUNT_NAMES) {
        const sum: number = regions.reduce((total, region) => total + region.counts[name], 0);
        assert.equal(seen.report.counts[name], sum, name);
      }
    },
  },
  {
    name: 'gives each due session exactly one outcome, in a line that its counts agree with',
    check: (seen) => {
      const records = sessionLines(seen);
      const ids = records.map(({ sessionId }) => sessionId);
      assert.equal(new Set(ids).size, ids.length, 'sessions with two outcomes');
      const counts = countsOf(seen);
      const of = (outcome: string) => records.filter((record) => record.outcome === outcome).length;
      for (const [outcome, name] of OUTCOMES) assert.equal(of(outcome), counts[name], outcome);
      for (const { sessionId } of records) {
        assert(listedAs(seen, sessionId), `${sessionId} was never listed`);
      }
    },
  },
  {
    name: 'says what it could not look at, and counts what it did not have to look at',
    check: (seen) => {
      const missing = notListedLines(seen);
      const unsaid = workgroupsToList(seen).filter(
        ({ region, name }) =>
          !isFullyListed(seen, region, name) &&
          !missing.some(
            ({ fields }) =>
              fields.region === region && (fields.workGroup === undefined || fields.workGroup === name),
          ),
      );
      const counts = countsOf(seen);
      const names = unsaid.map(({ region, name }) => `${name} in ${region}`).join(', ');
      assert.equal(unsaid.length, counts.remembered, `left out without a word: ${names}`);
      const waiting = missing.filter(({ fields }) => fields.kind === 'waiting');
      assert.equal(counts.waiting, waiting.length, 'workgroups that wait');
      assert.equal(counts.notListed, missing.length, 'places not listed');
      const complete = counts.notListed + counts.deferred + counts.failed === 0;
      assert.equal(metricOf(seen, 'SweepComplete'), complete ? 1 : 0, 'SweepComplete');
      if (seen.report) assert.equal(seen.report.complete, complete, 'complete');
      const { notListed, deferred, failed } = counts;
      assert.equal(metricOf(seen, 'LeftOut'), notListed - counts.waiting + deferred + failed, 'LeftOut');
    },
  },
  {
    name: 'names the sessions that it ended first, and those that it spared last',
    check: ({ report }) => {
      const ranks = (report?.sessions ?? []).map(({ outcome }) =>
        ORDER.findIndex((group) => group.includes(outcome)),
      );
      assert.deepEqual(ranks, ranks.toSorted());
    },
  },
  {
    name: 'says where the clocks are more than a minute apart, and nowhere else',
    check: (seen) => {
      for (const { region, clockOffsetSeconds } of seen.report?.regions ?? []) {
        const isKnown = exchangesOf(seen, 'ListWorkGroups').some(
          (exchange) => exchange.region === region && exchange.output !== undefined,
        );
        const isApart = isClockApart(seen, region);
        if (!isKnown || isApart === undefined) continue;
        assert.equal(clockOffsetSeconds !== undefined, isApart, `${region}: ${clockOffsetSeconds} s apart`);
      }
    },
  },
  {
    name: 'emits what it reports, at once, and counts the calls it made',
    check: (seen) => {
      const summary = linesOf(seen, LOG_MESSAGES.sweep)[0]?.fields;
      const throttled = seen.exchanges.filter(
        ({ error }) => error !== undefined && THROTTLED.includes(error),
      );
      assert.equal(summary?.calls, seen.exchanges.length, 'calls');
      assert.equal(summary?.throttledCalls, throttled.length, 'throttled calls');
      const counts = countsOf(seen);
      for (const [metric, name] of METRICS_OF_COUNTS) {
        assert.deepEqual(seen.metrics.get(metric), [counts[name]], metric);
      }
      const ended = seen.settings.mode === 'terminate' ? [counts.terminated - counts.terminatedAgain] : [];
      assert.deepEqual(seen.metrics.get('SessionsTerminated') ?? [], ended, 'SessionsTerminated');
      // A hundredth value would make the collector publish half of the metrics, with another timestamp.
      for (const [name, values] of seen.metrics) assert(values.length < 100, `${values.length} of ${name}`);
      assert.equal(seen.publications, 1, 'times that metrics were published');
      assert(Number(summary?.durationMs) >= 0, 'duration');
    },
  },
];

const ORDER: readonly (readonly string[])[] = [
  ['terminated', 'accepted', 'would-terminate'],
  ['failed'],
  ['deferred'],
  ['already-inactive'],
  ['warned'],
  ['spared'],
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
  ['SessionsSpared', 'spared'],
  ['SessionsDeferred', 'deferred'],
  ['SessionsFailed', 'failed'],
  ['SessionsUnknown', 'unknown'],
  ['SessionTagsUnreadable', 'tagsUnreadable'],
  ['PlacesNotListed', 'notListed'],
  ['WorkgroupsWaiting', 'waiting'],
] as const satisfies readonly (readonly [string, keyof Counts])[];

const THROTTLED: readonly string[] = ['ThrottlingException', 'TooManyRequestsException'];
