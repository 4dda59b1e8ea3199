import validate from 'asl-validator';
import fc from 'fast-check';
import jsonata from 'jsonata';
import { describe, expect, it, test, vi } from 'vitest';
import { COUNT_NAMES } from '../../../lambda/contract/report.js';
import { definition } from '../../../lib/organization/state-machine-definition.js';
import {
  ADD_UP,
  atOnceInGroup,
  GROUP_SIZE,
  GROUPS,
  groupsAtOnce,
  isEnough,
  targetsIn,
} from '../../../lib/organization/state-machine-expressions.js';

// Properties of large lists take seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const PROPS = {
  partition: 'aws',
  functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:hub',
  timeoutSeconds: 60,
  giveUpAfterSeconds: 900,
  regions: ['eu-west-1', 'us-east-1', 'us-west-2', 'ap-southeast-2'],
  maxConcurrency: 100,
  toleratedFailurePercentage: 5,
} as const;
const MOST_OF_A_STATE = 256 * 1024;

/** What Step Functions makes of an expression, by the reference implementation of JSONata. */
function evaluate(expression: string, variables: object): Promise<unknown> {
  return jsonata(expression.replace(/^\{% | %\}$/g, '')).evaluate(undefined, { ...variables });
}

function accountIds(count: number): string[] {
  return Array.from({ length: count }, (_, n) => String(100_000_000_000 + n));
}

const ACCOUNTS = ['all', accountIds(1), accountIds(1_000)] as const;

test.each(ACCOUNTS.map((accounts) => ({ accounts })))('an ASL validator accepts it: %#', ({ accounts }) => {
  expect(validate(definition({ ...PROPS, accounts }))).toMatchObject({ isValid: true, errors: [] });
});

test('10,000 accounts fit into a definition of at most 1 MB, and into a state', () => {
  const written = JSON.stringify(definition({ ...PROPS, accounts: accountIds(10_000) }));
  expect(written.length).toBeLessThan(MOST_OF_A_STATE);
});

test('where the accounts are given, AWS Organizations is not asked', () => {
  expect(JSON.stringify(definition({ ...PROPS, accounts: accountIds(2) }))).not.toContain('organizations');
});

describe('the groups', () => {
  it('have each account once and are at most 250, whatever the number of accounts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(1_200), async (count) => {
        const accounts = accountIds(count);
        const groups = await groupsIn(accounts);
        expect(groups.flat().toSorted()).toEqual(accounts);
        expect(groups.length).toBeLessThanOrEqual(250);
        for (const group of groups)
          expect(group.length).toBeLessThanOrEqual(Math.max(1, Math.ceil(count / 250)));
      }),
      { numRuns: 30 },
    );
  });

  it('of 10,000 accounts fit into a state', async () => {
    const groups = await groupsIn(accountIds(10_000));
    expect(groups).toHaveLength(250);
    expect(JSON.stringify(groups).length).toBeLessThan(MOST_OF_A_STATE);
  });

  it('run so many at once that no more is invoked than was set', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3_000 }),
        fc.integer({ min: 1, max: 17 }),
        fc.integer({ min: 1, max: 2_000 }),
        async (count, regions, maxConcurrency) => {
          const atOnce = Number(
            await evaluate(atOnceInGroup(regions, maxConcurrency), { accounts: accountIds(count) }),
          );
          const groups = Number(await evaluate(groupsAtOnce(maxConcurrency), { atOnce }));
          expect(atOnce).toBeGreaterThanOrEqual(1);
          expect(atOnce).toBeLessThanOrEqual(40);
          expect(groups).toBeGreaterThanOrEqual(1);
          expect(groups * atOnce).toBeLessThanOrEqual(maxConcurrency);
        },
      ),
    );
  });

  it('of up to 30,000 targets are swept in three turns each, which an Express execution has time for', async () => {
    const accounts = accountIds(7_500);
    const atOnce = Number(await evaluate(atOnceInGroup(4, 1_000), { accounts }));
    for (const group of await groupsIn(accounts)) expect((group.length * 4) / atOnce).toBeLessThanOrEqual(3);
  });

  it('have their accounts in each of the regions, with what the operator asked for', async () => {
    const input = { accounts: accountIds(2), event: { mode: 'report' } };
    expect(await evaluate(targetsIn(['eu-west-1', 'us-east-1']), { states: { input } })).toEqual([
      { mode: 'report', target: { accountId: '100000000000', region: 'eu-west-1' } },
      { mode: 'report', target: { accountId: '100000000000', region: 'us-east-1' } },
      { mode: 'report', target: { accountId: '100000000001', region: 'eu-west-1' } },
      { mode: 'report', target: { accountId: '100000000001', region: 'us-east-1' } },
    ]);
  });

  it('of one account in one region are a list too', async () => {
    const input = { accounts: accountIds(1), event: {} };
    expect(await evaluate(targetsIn(['eu-west-1']), { states: { input } })).toEqual([
      { target: { accountId: '100000000000', region: 'eu-west-1' } },
    ]);
  });
});

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
      { numRuns: 60 },
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
      { numRuns: 40 },
    );
  });

  it('of as many groups as there can be, with every figure large, fits into a state', () => {
    const names = [...COUNT_NAMES, 'swept', 'notSwept', 'calls', 'throttledCalls', 'dpuHours'];
    const rest = ['sessionsNotCounted', 'oldestOverdue', 'returned:TERMINATING', 'returned:TERMINATED'];
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

async function groupsIn(accounts: readonly string[]): Promise<string[][]> {
  const groupSize = await evaluate(GROUP_SIZE, { accounts });
  const groups = await evaluate(GROUPS, { accounts, groupSize, atOnce: 1, event: {} });
  if (!Array.isArray(groups)) throw new TypeError('The groups are no list');
  return groups.map((group: { accounts: string[] }) => [...group.accounts]);
}

function addedUp(results: readonly object[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const [name, value] of results.flatMap((one) => Object.entries(one))) {
    const before = sum[name] ?? 0;
    sum[name] = name === 'oldestOverdue' ? Math.max(before, value) : before + value;
  }
  return sum;
}
