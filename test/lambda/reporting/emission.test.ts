import { describe, expect, it, test } from 'vitest';
import type { Counts, SessionRecord } from '../../../lambda/contract/report.js';
import { DEFAULT_SETTINGS, type Mode } from '../../../lambda/contract/settings.js';
import { LOG_MESSAGES } from '../../../lambda/contract/telemetry.js';
import { countsBy } from '../../../lambda/reporting/counts.js';
import {
  emitMetrics,
  emitSessionEventsFailed,
  emitTargetMetrics,
  logTo,
  type MetricWriter,
} from '../../../lambda/reporting/emission.js';
import { Tally } from '../../../lambda/reporting/tally.js';
import { textOptions } from '../../../lambda/reporting/texts.js';
import { ProcessMemory } from '../../../lambda/sweep/process-memory.js';

/** Log lines as they are written. */
function written() {
  const lines: unknown[][] = [];
  const to = (level: string) => (message: string, fields: unknown) =>
    void lines.push([level, message, fields]);
  return { lines, debug: to('debug'), info: to('info'), warn: to('warn'), error: to('error') };
}

const RECORD: SessionRecord = {
  ...{ sessionId: 'a', workGroup: 'etl', region: 'eu-west-1', state: 'IDLE', rule: 'default' },
  ...{
    minutes: 45,
    limitMinutes: 30,
    reason: 'idle past its limit',
    kind: 'idle-past-limit',
    outcome: 'terminated',
  },
};

describe('the line of a session', () => {
  it.each([
    { outcome: 'failed', level: 'error' },
    { outcome: 'deferred', level: 'debug' },
    { outcome: 'terminated', level: 'info' },
    { outcome: 'spared', level: 'info' },
    { outcome: 'warned', level: 'info' },
  ] as const)('$outcome has the level $level', ({ outcome, level }) => {
    const logger = written();
    logTo(logger, () => false).session?.({ ...RECORD, outcome });
    expect(logger.lines).toEqual([[level, LOG_MESSAGES.session, { ...RECORD, outcome }]]);
  });
});

describe('the line of a session that was spared before', () => {
  it.each([
    { outcome: 'spared', level: 'debug' },
    { outcome: 'terminated', level: 'info' },
    { outcome: 'failed', level: 'error' },
  ] as const)('is the only one that is held back: $outcome, $level', ({ outcome, level }) => {
    const logger = written();
    logTo(logger, () => true).session?.({ ...RECORD, outcome });
    expect(logger.lines.map(([level]) => level)).toEqual([level]);
  });

  it('is an info line once a day for each reason and rule, and a debug line otherwise', () => {
    const logger = written();
    const memory = new ProcessMemory();
    let now = new Date('2026-03-02T10:00:00Z');
    const observer = logTo(logger, (text) => memory.saidToday(text, now));
    const spared = { ...RECORD, outcome: 'spared', kind: 'exempt-by-tag', rule: 'tag a' } as const;
    observer.session?.(spared);
    observer.session?.(spared);
    observer.session?.({ ...spared, rule: 'tag b' });
    now = new Date('2026-03-03T00:00:00Z');
    observer.session?.(spared);
    expect(logger.lines.map(([level]) => level)).toEqual(['info', 'debug', 'info', 'info']);
  });
});

describe('the lines of overdue sessions', () => {
  const overdue = { ...RECORD, outcome: 'deferred', overdueMinutes: 40 } as const;

  it('are info lines for the first twenty of a sweep, whatever came of them, so that they have names', () => {
    const logger = written();
    const observer = logTo(logger, () => false);
    for (let n = 0; n < 30; n += 1) observer.session?.(overdue);
    expect(logger.lines.filter(([level]) => level === 'info')).toHaveLength(20);
  });

  it('are not taken from them by sessions that are not overdue', () => {
    const logger = written();
    const observer = logTo(logger, () => false);
    for (let n = 0; n < 30; n += 1) observer.session?.({ ...RECORD, outcome: 'deferred' });
    observer.session?.(overdue);
    expect(logger.lines.map(([level]) => level).indexOf('info')).toBe(30);
  });

  it('keep their own level where it is higher', () => {
    const logger = written();
    logTo(logger, () => false).session?.({ ...overdue, outcome: 'failed' });
    expect(logger.lines.map(([level]) => level)).toEqual(['error']);
  });
});

describe('the line of a place that was not listed', () => {
  it.each([
    { item: { region: 'eu-west-1', error: 'x' }, message: LOG_MESSAGES.regionNotListed },
    { item: { region: 'eu-west-1', workGroup: 'etl', error: 'x' }, message: LOG_MESSAGES.workgroupNotListed },
  ])('is an error: $message', ({ item, message }) => {
    const logger = written();
    logTo(logger, () => false).notListed?.(item);
    expect(logger.lines).toEqual([['error', message, item]]);
  });

  it('and waits for its turn, as any number can, is left to who debugs', () => {
    const logger = written();
    const item = { region: 'eu-west-1', workGroup: 'etl', kind: 'waiting', error: 'out of time' } as const;
    logTo(logger, () => false).notListed?.(item);
    expect(logger.lines).toEqual([['debug', LOG_MESSAGES.workgroupNotListed, item]]);
  });
});

test('the line of a region whose clock differs is a warning that says by how much', () => {
  const logger = written();
  const item = { region: 'eu-west-1', clockOffsetSeconds: 90 };
  logTo(logger, () => false).clocksApart?.(item);
  expect(logger.lines).toEqual([['warn', LOG_MESSAGES.clocksApart, item]]);
});

const startedAt = new Date('2026-03-02T10:00:00Z');
const resultOf = (idleMinutes: readonly number[], records: readonly SessionRecord[] = []) => {
  const tally = new Tally(['eu-west-1'], Math.random);
  for (const one of idleMinutes) tally.idleFor(one);
  for (const record of records) tally.record(record);
  const calls = { calls: 0, throttled: 0 };
  const sweep = { mode: 'terminate', startedAt, durationMs: 0, dpuHourPrice: 0.35, calls } as const;
  return tally.result({ ...sweep, texts: textOptions(DEFAULT_SETTINGS) });
};
const emitted = (emit: (metrics: MetricWriter) => void) => {
  const calls: unknown[][] = [];
  emit({
    setTimestamp: (at) => calls.push(['at', at]),
    addMetric: (...metric) => calls.push(metric),
    publishStoredMetrics: () => calls.push(['published']),
  });
  return calls;
};

describe('the metrics of a sweep', () => {
  /** Each has another value, so that none can stand for another. */
  const given: Partial<Counts> = {
    ...{ notListed: 20, waiting: 5, deferred: 7, failed: 8, listed: 300, due: 40, terminated: 15 },
    ...{ terminatedAgain: 2, wouldTerminate: 11, spared: 9, unknown: 6, tagsUnreadable: 4, longExempt: 3 },
  };
  const counts = countsBy((name) => given[name] ?? 0);
  const of = (mode: Mode) => {
    const { report } = resultOf([]);
    const saved = { ...report.saved, dpuHours: 1.5 };
    const changed = { ...report, mode, counts, saved, complete: false, throttledCalls: 33 };
    return { report: changed, idleAges: [60], oldestOverdue: 90 };
  };

  it.each([
    { mode: 'terminate', ended: { SessionsTerminated: 13, DpuHoursSaved: 1.5 } },
    { mode: 'report', ended: { SessionsWouldTerminate: 11 } },
  ] as const)('are each metric that the mode $mode can have, once', ({ mode, ended }) => {
    const [at, ...rest] = emitted((metrics) => emitMetrics(of(mode), metrics));
    expect(at).toEqual(['at', startedAt]);
    expect(rest.pop()).toEqual(['published']);
    expect(rest.map(([name, , value]) => [name, value])).toHaveLength(Object.keys(ended).length + 15);
    expect(Object.fromEntries(rest.map(([name, , value]) => [name, value]))).toEqual({
      ...{ SweepComplete: 0, ThrottledCalls: 33, PlacesNotListed: 20, WorkgroupsWaiting: 5, LeftOut: 30 },
      ...{ SessionsListed: 300, SessionsDue: 40, SessionsSpared: 9, SessionsDeferred: 7, SessionsFailed: 8 },
      ...{ SessionsUnknown: 6, SessionTagsUnreadable: 4, SessionsLongExempt: 3 },
      ...{ IdleAge: 60, OldestOverdue: 90 },
      ...ended,
    });
  });

  it('say that it was complete, where it was', () => {
    const calls = emitted((metrics) => emitMetrics(resultOf([]), metrics));
    expect(calls).toContainEqual(['SweepComplete', 'Count', 1]);
  });

  it('have events that failed apart from them, of the same time', () => {
    expect(emitted((metrics) => emitSessionEventsFailed(4, metrics, startedAt))).toEqual([
      ['at', startedAt],
      ['SessionEventsFailed', 'Count', 4],
      ['published'],
    ]);
  });
});

describe('the metrics of a target', () => {
  const ended = { ...RECORD, dpuHoursSaved: 0.5 };

  it('are how long sessions are idle, and what was ended and saved, as of the start of the sweep', () => {
    const result = resultOf([5, 10], [ended, { ...ended, again: true, sessionId: 'b' }]);
    expect(emitted((metrics) => emitTargetMetrics(result, metrics))).toEqual([
      ['at', startedAt],
      ['IdleAge', 'Seconds', 300],
      ['IdleAge', 'Seconds', 600],
      ['SessionsTerminated', 'Count', 1],
      ['DpuHoursSaved', 'None', 0.5],
      ['published'],
    ]);
  });

  it('are of what was ended alone, where nothing is idle', () => {
    expect(emitted((metrics) => emitTargetMetrics(resultOf([], [ended]), metrics))).toEqual([
      ['at', startedAt],
      ['SessionsTerminated', 'Count', 1],
      ['DpuHoursSaved', 'None', 0.5],
      ['published'],
    ]);
  });

  it('are none where nothing is idle and nothing was ended', () => {
    expect(emitted((metrics) => emitTargetMetrics(resultOf([]), metrics))).toEqual([]);
  });

  it('are not counted again by the sum, which has a value for each metric all the same', () => {
    const at = new Date('2026-03-02T10:04:00Z');
    const calls = emitted((metrics) => emitMetrics(resultOf([], [ended]), metrics, { at }));
    expect(calls[0]).toEqual(['at', at]);
    expect(calls).toContainEqual(['SessionsTerminated', 'Count', 0]);
    expect(calls).toContainEqual(['DpuHoursSaved', 'None', 0]);
  });
});
