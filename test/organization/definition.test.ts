import validate from 'asl-validator';
import fc from 'fast-check';
import jsonata from 'jsonata';
import { describe, expect, it, test } from 'vitest';
import { COUNT_NAMES } from '../../lambda/report.js';
import { definition } from '../../lib/organization/definition.js';
import { ADD_UP, groupsOf, isEnough, targetsIn } from '../../lib/organization/expressions.js';

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
  it('have each account once, whatever the number of accounts and the size of a group', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(600), fc.integer({ min: 1, max: 40 }), async (count, size) => {
        const accounts = accountIds(count);
        const groups = await groupsIn(accounts, size);
        expect(groups.flat().toSorted()).toEqual(accounts);
        expect(groups.length).toBeLessThanOrEqual(250);
        if (count <= 250 * size) for (const group of groups) expect(group.length).toBeLessThanOrEqual(size);
      }),
      { numRuns: 40 },
    );
  });

  it('of 10,000 accounts are 250', async () => {
    const groups = await groupsIn(accountIds(10_000), 10);
    expect(groups).toHaveLength(250);
    expect(JSON.stringify(groups).length).toBeLessThan(MOST_OF_A_STATE);
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

async function groupsIn(accounts: readonly string[], size: number): Promise<string[][]> {
  const groups = await evaluate(groupsOf(size), { accounts, event: {} });
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
