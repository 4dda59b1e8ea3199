import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  atOnceInGroup,
  GROUP_SIZE,
  groups,
  groupsAtOnce,
  numberOfTargets,
  targetsIn,
} from '../../../../lib/organization/expressions/groups.js';
import { accountIds, MOST_OF_A_STATE, PROPS } from '../../../support/organization/definitions.js';
import { evaluate } from '../../../support/organization/jsonata.js';
import { runs } from '../../../support/property-share.js';

describe('the groups', () => {
  it('have each account once and are at most 250, whatever the number of accounts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(1_200), async (count) => {
        const accounts = accountIds(count);
        const all = await groupsIn(accounts);
        expect(all.flat().toSorted()).toEqual(accounts);
        expect(all.length).toBeLessThanOrEqual(250);
        for (const group of all)
          expect(group.length).toBeLessThanOrEqual(Math.max(1, Math.ceil(count / 250)));
      }),
      { numRuns: runs(30) },
    );
  });

  it('of 10,000 accounts fit into a state', async () => {
    const accounts = accountIds(10_000);
    const all = await formed({ accounts, regions: PROPS.regions, groupSize: 40, atOnce: 40 });
    expect(all).toHaveLength(250);
    expect(JSON.stringify(all).length).toBeLessThan(MOST_OF_A_STATE);
  });

  it('invoke no more at the same time than was set', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3_000 }),
        fc.integer({ min: 1, max: 17 }),
        fc.integer({ min: 1, max: 2_000 }),
        async (count, regions, maxConcurrency) => {
          const atOnce = Number(
            await evaluate(atOnceInGroup(maxConcurrency), {
              accounts: accountIds(count),
              regions: regionNames(regions),
            }),
          );
          const together = Number(await evaluate(groupsAtOnce(maxConcurrency), { atOnce }));
          expect(atOnce).toBeGreaterThanOrEqual(1);
          expect(atOnce).toBeLessThanOrEqual(40);
          expect(together).toBeGreaterThanOrEqual(1);
          expect(together * atOnce).toBeLessThanOrEqual(maxConcurrency);
        },
      ),
      { numRuns: runs(100) },
    );
  });

  it('of up to 30,000 targets are swept in three turns each, which an Express execution has time for', async () => {
    const accounts = accountIds(7_500);
    const regions = regionNames(4);
    const atOnce = Number(await evaluate(atOnceInGroup(1_000), { accounts, regions }));
    for (const group of await groupsIn(accounts)) expect((group.length * 4) / atOnce).toBeLessThanOrEqual(3);
  });

  it('give each target its share of the time that a group has, whatever the number of turns', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3_000 }),
        fc.integer({ min: 1, max: 17 }),
        fc.integer({ min: 1, max: 200 }),
        async (count, most, maxConcurrency) => {
          const [accounts, regions] = [accountIds(count), regionNames(most)];
          const groupSize = Number(await evaluate(GROUP_SIZE, { accounts }));
          const atOnce = Number(await evaluate(atOnceInGroup(maxConcurrency), { accounts, regions }));
          // The same in all groups, so that one is enough.
          const one = accounts.slice(0, groupSize);
          const [{ seconds }] = await formed({ accounts: one, regions, groupSize, atOnce });
          const turns = Math.ceil((groupSize * most) / atOnce);
          expect(seconds).toBeLessThanOrEqual(60);
          if (seconds > 15) expect(turns * (seconds + 5)).toBeLessThanOrEqual(280);
        },
      ),
      { numRuns: runs(40) },
    );
  });

  const REGIONS = ['eu-west-1', 'us-east-1'];

  it('have their accounts in each of the regions, with what the operator asked for', async () => {
    const input = { accounts: accountIds(2), regions: [], event: { mode: 'report' } };
    expect(await evaluate(targetsIn({ ...PROPS, regions: REGIONS }), { states: { input } })).toEqual([
      { mode: 'report', target: { accountId: '100000000000', region: 'eu-west-1' } },
      { mode: 'report', target: { accountId: '100000000000', region: 'us-east-1' } },
      { mode: 'report', target: { accountId: '100000000001', region: 'eu-west-1' } },
      { mode: 'report', target: { accountId: '100000000001', region: 'us-east-1' } },
    ]);
  });

  it('of one account in one region are a list too', async () => {
    const input = { accounts: accountIds(1), regions: [], event: {} };
    expect(await evaluate(targetsIn({ ...PROPS, regions: ['eu-west-1'] }), { states: { input } })).toEqual([
      { target: { accountId: '100000000000', region: 'eu-west-1' } },
    ]);
  });

  it('sweep an account only in the regions that are enabled in it, and asked for', async () => {
    const accounts = accountIds(3);
    const regionsByAccount = [
      { accountId: '100000000001', regions: ['us-east-1'] },
      { accountId: '100000000002', regions: ['eu-west-1'] },
    ];
    const props = { ...PROPS, regions: REGIONS, regionsByAccount };
    const targets = async (regions: readonly string[]) => {
      const input = { accounts, regions, event: {} };
      const list = await evaluate(targetsIn(props), { states: { input } });
      const wanted = regions.length === 0 ? REGIONS : regions;
      const expected = await evaluate(numberOfTargets(props), { accounts, regions: wanted });
      const found = Array.isArray(list)
        ? list.map(({ target }) => `${target.accountId} ${target.region}`)
        : [];
      expect(found).toHaveLength(Number(expected));
      return found;
    };
    expect(await targets([])).toEqual([
      '100000000000 eu-west-1',
      '100000000000 us-east-1',
      '100000000001 us-east-1',
      '100000000002 eu-west-1',
    ]);
    expect(await targets(['us-east-1'])).toEqual(['100000000000 us-east-1', '100000000001 us-east-1']);
  });

  it('of no account have no targets', async () => {
    expect(await evaluate(numberOfTargets(PROPS), { accounts: [], regions: REGIONS })).toBe(0);
  });
});

interface Group {
  readonly accounts: readonly string[];
  readonly seconds: number;
}

async function formed(variables: object): Promise<readonly [Group, ...Group[]]> {
  const all = await evaluate(groups(PROPS), { event: {}, sweepEnds: 1_770_000_000_000, ...variables });
  if (!Array.isArray(all)) throw new TypeError('The groups are no list');
  const [first, ...rest] = all;
  return [first, ...rest];
}

async function groupsIn(accounts: readonly string[]): Promise<string[][]> {
  const groupSize = await evaluate(GROUP_SIZE, { accounts });
  if (accounts.length === 0) return [];
  const all = await formed({ accounts, regions: PROPS.regions, groupSize, atOnce: 1 });
  return all.map((group) => [...group.accounts]);
}

function regionNames(count: number): string[] {
  return Array.from({ length: count }, (_, n) => `ap-southeast-${n}`);
}
