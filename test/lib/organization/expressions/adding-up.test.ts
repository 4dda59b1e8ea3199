import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { COUNT_NAMES } from '../../../../lambda/contract/report.js';
import {
  ADD_UP,
  ADD_UP_TARGETS,
  isEnough,
  tooMany,
} from '../../../../lib/organization/expressions/adding-up.js';
import { MOST_OF_A_STATE } from '../../../support/organization/definitions.js';
import { evaluate } from '../../../support/organization/jsonata.js';
import { runs } from '../../../support/property-share.js';

describe('adding up', () => {
  const figures = fc.dictionary(
    fc.constantFrom('swept', 'notSwept', 'listed', 'terminated', 'oldestOverdue', 'returned:TERMINATING'),
    fc.integer({ min: 1, max: 5_000 }),
  );
  const lost = fc.constantFrom<object | null>({}, null, { Error: 'States.Timeout', Cause: 'too long' });

  it('sums each figure but the largest of those overdue, and leaves out what was lost', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(figures, lost), { maxLength: 20 }), async (result) => {
        const heard = result
          .filter((one) => one !== null)
          .filter((one) => 'swept' in one || 'notSwept' in one);
        expect(await evaluate(ADD_UP, { states: { result } })).toEqual(addedUp(heard));
      }),
      { numRuns: runs(60) },
    );
  });

  it('gives the same in groups as at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(figures, { maxLength: 5 }), { maxLength: 5 }), async (groups) => {
        const sums = await Promise.all(groups.map((result) => evaluate(ADD_UP, { states: { result } })));
        expect(await evaluate(ADD_UP, { states: { result: sums } })).toEqual(
          await evaluate(ADD_UP, { states: { result: groups.flat() } }),
        );
      }),
      { numRuns: runs(40) },
    );
  });

  it('in a group counts the accounts that the globs reach in any region, and those that they do not', async () => {
    const result = [
      { accountId: '1', swept: 1, workgroups: 2, listed: 4 },
      { accountId: '1', swept: 1, notReached: 1 },
      { accountId: '2', swept: 1, notReached: 1 },
      { accountId: '2', swept: 1, notReached: 1 },
      { accountId: '3', notSwept: 1, notListed: 1 },
      { accountId: '3', swept: 1, notReached: 1 },
      { notBegun: 1 },
      {},
    ];
    expect(await evaluate(ADD_UP_TARGETS, { states: { result } })).toEqual({
      ...{ swept: 5, notSwept: 1, notBegun: 1, notListed: 1, workgroups: 2, listed: 4 },
      ...{ accountsReached: 1, accountsNotReached: 2 },
    });
    expect(await evaluate(ADD_UP_TARGETS, { states: { result: [{ notBegun: 1 }] } })).toEqual({
      notBegun: 1,
      accountsReached: 0,
      accountsNotReached: 0,
    });
    expect(await evaluate(ADD_UP_TARGETS, { states: { result: [{}, {}] } })).toEqual({});
  });

  it('of as many groups as there can be, with every figure large, fits into a state', () => {
    const names = [...COUNT_NAMES, 'swept', 'notSwept', 'notBegun', 'calls', 'throttledCalls', 'dpuHours'];
    const rest = [
      'accountsReached',
      'accountsNotReached',
      'sessionsNotCounted',
      'oldestOverdue',
      'returned:TERMINATING',
      'returned:TERMINATED',
    ];
    const group = Object.fromEntries([...names, ...rest].map((name) => [name, 123_456_789]));
    expect(JSON.stringify(Array.from({ length: 250 }, () => group)).length).toBeLessThan(MOST_OF_A_STATE);
  });
});

test.each([
  [100, { swept: 100 }, true],
  [100, { swept: 95, notSwept: 5 }, true],
  [100, { swept: 94, notSwept: 6 }, false],
  [100, { swept: 94 }, false],
  [100, {}, false],
  [0, {}, false],
])('of %i targets %j are enough where 5 %% may be missing: %s', async (targets, figures, enough) => {
  expect(await evaluate(isEnough(5), { targets, figures })).toBe(enough);
});

test('of too many targets that were not swept the failure says how many, and for how many there was no time', async () => {
  const variables = { targets: 100, figures: { swept: 80, notSwept: 5, notBegun: 9 } };
  expect(await evaluate(tooMany(5), variables)).toBe(
    '20 of 100 targets (accounts times regions) were not swept, 9 of them for want of time; tolerated: 5 %',
  );
});

function addedUp(results: readonly object[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const [name, value] of results.flatMap((one) => Object.entries(one))) {
    const before = sum[name] ?? 0;
    sum[name] = name === 'oldestOverdue' ? Math.max(before, value) : before + value;
  }
  return sum;
}
