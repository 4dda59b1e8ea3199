import { describe, expect, it } from 'vitest';
import { COUNT_NAMES, type Counts, type SweepReport } from '../../../lambda/contract/report.js';
import { DEFAULT_SETTINGS } from '../../../lambda/contract/settings.js';
import { figuresInLog, figuresOf, heardOf, sweepOfAll, toName } from '../../../lambda/organization/totals.js';
import { countsBy } from '../../../lambda/reporting/counts.js';
import { textOptions } from '../../../lambda/reporting/texts.js';

function resultWith(given: Partial<Counts>, members: Partial<SweepReport> = {}) {
  const counts = countsBy((name) => given[name] ?? 0);
  const report: SweepReport = {
    schemaVersion: 2,
    mode: 'terminate',
    startedAt: '2026-03-02T10:00:00.000Z',
    durationMs: 900,
    complete: true,
    counts,
    oldestListingSeconds: 0,
    returnedStates: {},
    saved: { dpuHours: 0, cost: 0, sessionsNotCounted: 0 },
    regions: [{ region: 'eu-west-1', counts }],
    notListed: [],
    calls: 0,
    throttledCalls: 0,
    digest: [],
    sessions: [],
    sessionsOmitted: 0,
    ...members,
  };
  return { report, idleAges: [], oldestOverdue: 0 };
}

const totals = (figures: Record<string, number>, targets: number) => ({
  ...({
    mode: 'terminate',
    startedAt: '2026-03-02T10:00:00.000Z',
    durationMs: 5,
    dpuHourPrice: 0.35,
  } as const),
  ...{ targets, figures, records: [], isNews: () => true, texts: textOptions(DEFAULT_SETTINGS) },
});

describe('the figures of a target', () => {
  it('are what is not 0', () => {
    const { report } = resultWith(
      { workgroups: 2, listed: 5, due: 3, terminated: 3 },
      {
        returnedStates: { TERMINATING: 2, TERMINATED: 1 },
        saved: { dpuHours: 1.5, cost: 0.525, sessionsNotCounted: 1 },
        calls: 12,
        throttledCalls: 1,
      },
    );
    expect(figuresOf({ report, idleAges: [60], oldestOverdue: 90, reached: true })).toEqual({
      ...{ swept: 1, workgroups: 2, listed: 5, due: 3, terminated: 3, oldestOverdue: 90 },
      ...{ 'returned:TERMINATING': 2, 'returned:TERMINATED': 1 },
      ...{ dpuHours: 1.5, sessionsNotCounted: 1, calls: 12, throttledCalls: 1 },
    });
  });

  it.each([
    { counts: {}, is: 'swept' },
    { counts: { workgroups: 1, notListed: 1 }, is: 'swept' },
    { counts: { notListed: 1 }, is: 'notSwept' },
  ])('of $counts say that it was $is', ({ counts, is }) => {
    const { swept, notSwept } = figuresOf({ ...resultWith(counts), reached: true });
    expect({ swept, notSwept }).toEqual({ swept: undefined, notSwept: undefined, [is]: 1 });
  });

  it('say where there is no workgroup that the globs select', () => {
    expect(figuresOf({ ...resultWith({}), reached: false })).toMatchObject({ swept: 1, notReached: 1 });
    expect(figuresOf({ ...resultWith({}), reached: true })).not.toHaveProperty('notReached');
  });
});

describe('the sum of all targets', () => {
  it('is a message for a chat, too, where one is wanted', () => {
    const texts = { ...textOptions(DEFAULT_SETTINGS), chat: true };
    const { report } = sweepOfAll({ ...totals({ swept: 4, terminated: 3, news: 3 }, 4), texts });
    expect(report.chat?.content).toMatchObject({ title: 'Athena sessions: 3 ended', nextSteps: [] });
    expect(sweepOfAll(totals({ swept: 4 }, 4)).report).not.toHaveProperty('chat');
  });

  it('has every count, the states that were returned and nothing else of the figures', () => {
    const counts = Object.fromEntries(COUNT_NAMES.map((name, n) => [name, n + 1]));
    const figures = {
      swept: 4,
      ...counts,
      'returned:FAILED': 2,
      calls: 9,
      throttledCalls: 3,
      oldestOverdue: 60,
    };
    const { report, oldestOverdue } = sweepOfAll(totals(figures, 4));
    expect(report.counts).toEqual(counts);
    expect(report.returnedStates).toEqual({ FAILED: 2 });
    expect(report).toMatchObject({ calls: 9, throttledCalls: 3, durationMs: 5, complete: false });
    expect(report.sessionsOmitted).toBe(report.counts.due + report.counts.warned);
    expect(oldestOverdue).toBe(60);
  });

  it.each([
    { figures: { swept: 3 }, complete: true },
    { figures: { swept: 2, notSwept: 1, notListed: 1 }, complete: false },
    { figures: { swept: 2 }, complete: false },
    { figures: { swept: 3, deferred: 1 }, complete: false },
    { figures: { swept: 3, failed: 1 }, complete: false },
  ])('of three targets with $figures: complete is $complete', ({ figures, complete }) => {
    expect(sweepOfAll(totals(figures, 3)).report.complete).toBe(complete);
  });

  it('counts a target of which nothing was heard as a region that could not be listed, once', () => {
    const { report } = sweepOfAll(totals({ swept: 5, notSwept: 2, notBegun: 1, notListed: 3 }, 10));
    expect(report.organization).toMatchObject({ targets: 10, targetsNotSwept: 5, targetsNotBegun: 1 });
    expect(report.counts.notListed).toBe(3 + 3);
    expect(report.notListed.map(({ error }) => error)).toEqual([
      '1 accounts times regions were not begun, because time was up',
      '2 accounts times regions were not listed at all; the log says why for each',
      '2 accounts times regions were not heard of; the log of the state machine says why',
    ]);
  });

  it('of no account at all is not complete', () => {
    const { report } = sweepOfAll(totals({}, 0));
    expect(report).toMatchObject({ complete: false, counts: { notListed: 1 } });
    expect(report.notListed).toEqual([{ region: 'all', error: 'No account was found that is to be swept' }]);
    expect(report.digest).toContain(
      'It was not complete: 1 place was not listed. For one, all: No account was found that is to be swept',
    );
  });

  it.each([
    { figures: { accountsReached: 1, accountsNotReached: 2 }, complete: true },
    { figures: { accountsReached: 0, accountsNotReached: 3 }, complete: false },
    { figures: { accountsReached: 3 }, complete: true },
  ])('is complete: $complete where the globs reach accounts as in $figures', ({ figures, complete }) => {
    const { report } = sweepOfAll(totals({ swept: 3, ...figures }, 3));
    expect(report.complete).toBe(complete);
    expect(report.organization).toMatchObject(figures);
  });

  it('costs what its DPU-hours cost, to a hundredth of a cent', () => {
    const { saved } = sweepOfAll(totals({ swept: 1, dpuHours: 0.1 + 0.2, sessionsNotCounted: 4 }, 1)).report;
    expect(saved).toEqual({ dpuHours: 0.3, cost: 0.105, sessionsNotCounted: 4 });
  });
});

describe('the figures of a target in the log', () => {
  it.each([
    { counts: {}, swept: true },
    { counts: { workgroups: 1, notListed: 1 }, swept: true },
    { counts: { notListed: 1 }, swept: false },
  ])('with $counts say that it was swept: $swept', ({ counts, swept }) => {
    const { report } = resultWith({});
    const figures = figuresInLog({ ...report, counts });
    expect([figures.swept, figures.notSwept]).toEqual(swept ? [1, undefined] : [undefined, 1]);
  });

  it('say how many targets were heard of, and how many sessions a digest is to name', () => {
    expect(heardOf({ swept: 5, notSwept: 3, notBegun: 2 })).toBe(10);
    expect(heardOf({})).toBe(0);
    expect(toName({ news: 4, wouldTerminate: 3 })).toBe(7);
    expect(toName({})).toBe(0);
  });
});

describe('an organization in which the globs select no workgroup', () => {
  it('is not complete, and says so as one place', () => {
    const { report } = sweepOfAll(totals({ swept: 3, accountsNotReached: 3 }, 3));
    expect(report).toMatchObject({ complete: false, counts: { notListed: 1 } });
    expect(report.notListed).toEqual([
      { region: 'all', error: 'The workgroup globs select no workgroup in any account' },
    ]);
  });
});
