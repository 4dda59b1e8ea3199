import { describe, expect, it } from 'vitest';
import { COUNT_NAMES, type Counts } from '../../../lambda/contract/report.js';
import {
  countsBy,
  isComplete,
  leftOut,
  nothingListed,
  sumOfCounts,
} from '../../../lambda/reporting/counts.js';

const counts = (given: Partial<Counts> = {}) => countsBy((name) => given[name] ?? 0);

describe('the counts of a sweep', () => {
  it('have every name, and are added up by name', () => {
    const sum = sumOfCounts([counts({ due: 2, failed: 1 }), counts({ due: 3 })]);
    expect(Object.keys(sum)).toEqual([...COUNT_NAMES]);
    expect(sum).toEqual(counts({ due: 5, failed: 1 }));
  });

  it.each([
    { given: {}, complete: true },
    { given: { due: 2, terminated: 1, accepted: 1, spared: 3, warned: 1, unknown: 1 }, complete: true },
    { given: { notListed: 1 }, complete: false },
    { given: { deferred: 1 }, complete: false },
    { given: { failed: 1 }, complete: false },
  ])('$given make a sweep complete: $complete', ({ given, complete }) => {
    expect(isComplete(counts(given))).toBe(complete);
  });

  it('say what was left out, but for what waits for its turn', () => {
    expect(leftOut(counts({ notListed: 7, waiting: 4, deferred: 20, failed: 300 }))).toBe(323);
  });

  it('show that nothing was listed only where no region was', () => {
    const failing = { region: 'eu-west-1', counts: counts({ notListed: 1 }) };
    const empty = { region: 'eu-north-1', counts: counts() };
    const partly = { region: 'us-east-1', counts: counts({ workgroups: 1, notListed: 1 }) };
    expect(nothingListed({ regions: [failing], notListed: [] })).toBe(true);
    expect(nothingListed({ regions: [failing, empty], notListed: [] })).toBe(false);
    expect(nothingListed({ regions: [failing, partly], notListed: [] })).toBe(false);
    const none = { region: 'eu-west-1', kind: 'none-selected', error: 'x' } as const;
    expect(nothingListed({ regions: [failing], notListed: [none] })).toBe(false);
    const other = { region: 'eu-west-1', error: 'x' } as const;
    expect(nothingListed({ regions: [failing], notListed: [other] })).toBe(true);
  });
});
