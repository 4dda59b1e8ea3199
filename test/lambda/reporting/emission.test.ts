import { describe, expect, it } from 'vitest';
import type { SessionRecord } from '../../../lambda/contract/report.js';
import { DEFAULT_SETTINGS } from '../../../lambda/contract/settings.js';
import { LOG_MESSAGES } from '../../../lambda/contract/telemetry.js';
import {
  emitMetrics,
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
});

describe('the metrics of a target', () => {
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
