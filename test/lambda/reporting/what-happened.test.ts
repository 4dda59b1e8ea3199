import { expect, test } from 'vitest';
import { whatHappened } from '../../../lambda/reporting/what-happened.js';
import { reportWith } from '../../support/reports.js';

test('a sweep is told with all that became of sessions', () => {
  const counts = { terminated: 2, accepted: 3, failed: 4, warned: 5, deferred: 6, spared: 7 };
  expect(whatHappened(reportWith(counts))).toEqual([
    'The sweep of 2026-03-02T10:00:01.000Z ended 2 sessions; 3 to be ended, which is accepted and not seen yet; ' +
      '4 could not be looked at or ended; 5 due soon; 6 left to the next sweep; 7 spared at the last look.',
  ]);
});

test.each([
  [{ notListed: 1 }, 'It was not complete: 1 place was not listed. For one, eu-west-1: down'],
  [
    { notListed: 3, waiting: 1 },
    'It was not complete: 2 places were not listed. 1 workgroup waits for the next sweep. For one, eu-west-1: down',
  ],
  [{ notListed: 2, waiting: 2 }, 'It was not complete: 2 workgroups wait for the next sweep.'],
])('a region that was not listed is told as a place: %j', (counts, told) => {
  const report = reportWith(counts, {
    complete: false,
    notListed: [{ region: 'eu-west-1', error: 'down' }],
  });
  expect(whatHappened(report)).toContain(told);
});

const ORGANIZATION = {
  ...{ targets: 50, targetsNotSwept: 3, targetsNotBegun: 0 },
  ...{ accountsReached: 20, accountsNotReached: 0 },
};

test.each([
  [ORGANIZATION, 'It swept 47 of 50 targets (accounts times regions).'],
  [
    { ...ORGANIZATION, accountsNotReached: 1 },
    'It swept 47 of 50 targets (accounts times regions). 1 account has no workgroup that the globs select.',
  ],
  [
    { ...ORGANIZATION, givenUp: 'stopped' as const },
    'Until then it had swept 47 targets (accounts times regions).',
  ],
])('an organization is told by its targets: %j', (organization, told) => {
  expect(whatHappened(reportWith({}, { organization })).at(-1)).toBe(told);
});
