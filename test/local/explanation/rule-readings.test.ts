import { expect, test } from 'vitest';
import type { Rule } from '../../../lambda/contract/settings.js';
import { readRules, readSelection } from '../../../local/explanation/rule-readings.js';
import { NOW, session, settings } from '../../support/sessions.js';

test('each rule says what each of its keys was held against, and the first that matches is the last one read', () => {
  const rules: Rule[] = [
    { match: { workgroup: 'analytics', owner: 'bob' }, exempt: true },
    { match: { description: 'dbt: *' }, idleMinutes: 60 },
    { match: { workgroup: '*' }, idleMinutes: 90 },
  ];
  const found = { tags: { ofSession: { Owner: 'ada' }, ofWorkgroup: {} }, looked: true };
  const one = session({ description: 'dbt: daily\u001b[2J' });
  const readings = readRules(one, settings({ rules }), NOW, found);
  expect(readings.map(({ name, result }) => [name, result])).toEqual([
    ['rules[0]', 'differs'],
    ['rules[1]', 'matches'],
    ['rules[2]', 'unread'],
  ]);
  expect(readings[0]?.parts).toEqual([
    { of: 'workgroup', text: '"analytics"', matches: true },
    { of: 'owner', text: '"ada"', matches: false },
  ]);
  expect(readings[1]?.parts[0]?.text).not.toContain('\u001b');
});

test('hours are held against the local time, and what no listing shows is not known', () => {
  const rules: Rule[] = [
    { match: { hours: { days: ['tue'], timezone: 'Asia/Tokyo' } }, exempt: true },
    { match: { role: 'spark-*' }, exempt: true },
  ];
  const [hours, role] = readRules(session(), settings({ rules }), NOW, { looked: false });
  // Monday, 10:00 in UTC.
  expect(hours?.parts).toEqual([{ of: 'now', text: 'mon 19:00', matches: false }]);
  expect(role?.parts).toEqual([{ of: 'role', text: 'not known', matches: false }]);
});

test('a workgroup is swept where a glob includes it and none excludes it', () => {
  const globs = { include: ['team-?', 'etl-*'], exclude: ['etl-core'] };
  expect(readSelection('etl-night', globs)).toMatchObject({ swept: true, include: { matchedBy: 'etl-*' } });
  expect(readSelection('etl-core', globs)).toMatchObject({
    swept: false,
    exclude: { matchedBy: 'etl-core' },
  });
  expect(readSelection('other', globs)).toMatchObject({ swept: false });
});
