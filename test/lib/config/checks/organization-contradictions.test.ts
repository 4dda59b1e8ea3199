import { describe, expect, test } from 'vitest';
import { readReaperConfig } from '../../../../lib/config/config.js';
import { mistakesBy } from '../../../support/mistakes.js';
import { ORGANIZATION } from '../../../support/organization/hub.js';

const [ONE, OTHER] = ['111122223333', '222222222222'];

function mistakesIn(organization: object, beside: object = {}): readonly string[] {
  return mistakesBy(() =>
    readReaperConfig({ organization: { ...ORGANIZATION, ...organization }, ...beside }),
  );
}

const regions = (count: number) =>
  Array.from({ length: count }, (_, n) => `ap-${'abcdefghijklmnopqrstu'[n]}-1`);
const accounts = (count: number) => Array.from({ length: count }, (_, n) => String(100_000_000_000 + n));

describe('whom an organization has swept', () => {
  test.each<[string, object, string]>([
    [
      'accounts excluded from a list',
      { accounts: [ONE], excludeAccounts: [OTHER] },
      'reaper.organization.excludeAccounts: found ["222222222222"]; allowed: nothing beside a list of accounts',
    ],
    [
      'the management account beside a list',
      { accounts: [ONE], sweepManagementAccount: true },
      'reaper.organization.sweepManagementAccount: found true; allowed: nothing beside a list of accounts',
    ],
    [
      'regions of an account that is not swept',
      { accounts: [ONE], regionsByAccount: [{ accountId: OTHER, regions: ['eu-west-1'] }] },
      'reaper.organization.regionsByAccount[0]: found "222222222222"; allowed: an account that is swept',
    ],
    [
      'regions of an account that is excluded',
      { excludeAccounts: [ONE], regionsByAccount: [{ accountId: ONE, regions: ['eu-west-1'] }] },
      'allowed: an account that is swept',
    ],
    [
      'regions of an account twice',
      {
        regionsByAccount: [
          { accountId: ONE, regions: ['eu-west-1'] },
          { accountId: ONE, regions: ['us-east-1'] },
        ],
      },
      'reaper.organization.regionsByAccount[1]: found "111122223333"; allowed: each account once',
    ],
    [
      'regions that the member role has no right in',
      { regionsByAccount: [{ accountId: ONE, regions: ['ap-south-1'] }] },
      'found ["ap-south-1"]; allowed: some of organization.regions: eu-west-1, us-east-1',
    ],
  ])('%s is a contradiction', (_, organization, says) => {
    expect(mistakesIn(organization)).toEqual([expect.stringContaining(says)]);
  });

  test('cannot ask who started sessions, because no member role may read CloudTrail', () => {
    expect(mistakesIn({}, { owner: { cloudTrail: true } })).toEqual([
      'reaper.owner.cloudTrail: found true; allowed: false beside "organization", whose member roles may not read CloudTrail',
    ]);
  });

  test('can leave out accounts, and regions of accounts', () => {
    const regionsByAccount = [{ accountId: ONE, regions: ['eu-west-1'] }];
    expect(mistakesIn({ excludeAccounts: [OTHER], sweepManagementAccount: true, regionsByAccount })).toEqual(
      [],
    );
  });
});

describe('what cannot fit is refused with its arithmetic', () => {
  test('targets of a group, one after the other, in the time of an Express execution', () => {
    expect(mistakesIn({ maxConcurrency: 1, regions: regions(15) })).toEqual([
      'reaper.organization.maxConcurrency: found 1, with which the 15 targets of a group take 15 turns: ' +
        '280 seconds by 15, less 5, leave 13 seconds for each target; ' +
        'allowed: what leaves at least 15 seconds; use a larger maxConcurrency or fewer regions',
    ]);
    expect(mistakesIn({ maxConcurrency: 1, regions: regions(14) })).toEqual([]);
    expect(mistakesIn({ maxConcurrency: 2, regions: regions(15) })).toEqual([]);
  });

  test('accounts times regions, by their least duration, between two sweeps', () => {
    const organization = { accounts: accounts(300), maxConcurrency: 2 };
    expect(mistakesIn(organization)).toEqual([
      'reaper.organization.maxConcurrency: found 2, with which 600 targets (accounts times regions) take 300 turns ' +
        'of at least a second: 300 seconds; allowed: what fits into the 285 seconds that a sweep has between two ' +
        'starts; use at least 3, or a schedule with longer intervals',
    ]);
    expect(mistakesIn({ ...organization, maxConcurrency: 3 })).toEqual([]);
    expect(mistakesIn(organization, { schedule: 'rate(10 minutes)' })).toEqual([]);
  });

  test('which counts only the regions that are enabled in each account', () => {
    const listed = accounts(300);
    const regionsByAccount = listed.map((accountId) => ({ accountId, regions: ['eu-west-1'] }));
    expect(mistakesIn({ accounts: listed, maxConcurrency: 2, regionsByAccount })).toEqual([]);
  });
});
