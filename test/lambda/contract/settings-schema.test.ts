import { expect, test } from 'vitest';
import { lineOf, readBy } from '../../../lambda/contract/mistakes.js';
import { sweepEntries } from '../../../lambda/contract/settings-schema.js';
import { object } from '../../../lambda/contract/values.js';

function mistakesIn(hours: unknown): readonly string[] {
  const rules = [{ match: { hours }, exempt: true }];
  return readBy(object(sweepEntries), { rules }).mistakes.map(lineOf);
}

const timezone = 'Europe/Berlin';
const EITHER = 'allowed: "days", or "from" and "to", which differ';

test.each([
  { days: ['mon'], timezone },
  { from: '22:00', to: '06:00', timezone },
  { days: ['mon', 'fri'], from: '08:00', to: '18:00', timezone },
])('a rule holds in the hours %j', (hours) => {
  expect(mistakesIn(hours)).toEqual([]);
});

test.each([
  ['neither days nor times', { timezone }, EITHER],
  ['a time that it begins at, without an end', { from: '08:00', timezone }, EITHER],
  ['a time that it ends at, without a beginning', { to: '18:00', timezone }, EITHER],
  ['days and an end without a beginning', { days: ['mon'], to: '18:00', timezone }, EITHER],
  ['days and a beginning without an end', { days: ['mon'], from: '08:00', timezone }, EITHER],
  ['an end that is the beginning', { from: '08:00', to: '08:00', timezone }, EITHER],
  ['no day at all', { days: [], timezone }, 'found []; allowed: at least one day'],
  ['no such day', { days: ['monday'], timezone }, 'found "monday"; allowed: "mon" or "tue"'],
])('hours with %s are refused', (_, hours, says) => {
  const [first, ...others] = mistakesIn(hours);
  expect(first).toContain('rules[0].match.hours');
  expect(first).toContain(says);
  expect(others).toEqual([]);
});
