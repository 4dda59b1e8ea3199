import { describe, expect, test } from 'vitest';
import { readReaperConfig } from '../../../../lib/config/config.js';
import { mistakesBy } from '../../../support/mistakes.js';

function mistakesIn(written: unknown): readonly string[] {
  return mistakesBy(() => readReaperConfig(written));
}

const limited = (match: object, idleMinutes: number) => ({ match, idleMinutes });
const exempt = (match: object) => ({ match, exempt: true });

describe('a rule by what no listing shows', () => {
  test.each([
    { keys: { owner: 'ada' }, named: 'owner' },
    { keys: { role: 'spark-*' }, named: 'role' },
    { keys: { tag: 'Team=data', workgroup: 'etl' }, named: 'tag' },
    { keys: { owner: 'ada', role: 'r' }, named: 'owner or role' },
    { keys: { client: 'SageMaker*' }, named: 'client' },
  ])('is refused where it could only shorten: $keys', ({ keys, named }) => {
    expect(mistakesIn({ rules: [limited(keys, 30)] })).toEqual([
      `reaper.rules[0].idleMinutes: found 30; allowed: more than 30, the limit without this rule; no listing shows ${named}, so this rule can only lengthen a limit`,
    ]);
    expect(mistakesIn({ rules: [limited(keys, 31)] })).toEqual([]);
    expect(mistakesIn({ rules: [exempt(keys)] })).toEqual([]);
  });

  test('may be shorter than the limit for all where a later rule gives some of its sessions less', () => {
    const rules = [limited({ owner: 'ada' }, 20), limited({ workgroup: 'dev-*' }, 10)];
    expect(mistakesIn({ rules })).toEqual([]);
  });

  test('is held against later rules that may match the same sessions, and no others', () => {
    const other = limited({ workgroup: 'dev-*' }, 10);
    expect(mistakesIn({ rules: [limited({ owner: 'ada', workgroup: 'prod' }, 20), other] })).toEqual([
      expect.stringContaining('more than 30'),
    ]);
    const covering = limited({ workgroup: '*' }, 60);
    expect(mistakesIn({ rules: [limited({ owner: 'ada' }, 45), covering] })).toEqual([
      expect.stringContaining('more than 60'),
    ]);
    const sometimes = limited({ hours: { days: ['sun'], timezone: 'UTC' } }, 60);
    expect(mistakesIn({ rules: [limited({ owner: 'ada' }, 45), sometimes] })).toEqual([]);
  });

  test('is refused where a later rule exempts all that it matches', () => {
    expect(
      mistakesIn({
        rules: [limited({ tag: 'a=b', workgroup: 'prod-a' }, 90), exempt({ workgroup: 'prod-*' })],
      }),
    ).toEqual([expect.stringContaining('found 90; allowed: a rule for sessions that no later rule exempts')]);
  });

  test('hides a later rule only where that is one of its own kind', () => {
    const rules = [limited({ owner: '*' }, 60), limited({ workgroup: 'etl' }, 90)];
    expect(mistakesIn({ rules })).toEqual([]);
    expect(mistakesIn({ rules: [limited({ owner: '*' }, 60), limited({ owner: 'ada' }, 90)] })).toEqual([
      expect.stringContaining('a rule that rules[0] leaves something to match'),
    ]);
  });

  test('is refused where tags are off, unless it needs none', () => {
    const rules = [exempt({ owner: 'ada' }), exempt({ tag: 'a=b' }), exempt({ role: 'r' })];
    expect(mistakesIn({ rules, tags: { enabled: false } })).toEqual([
      'reaper.rules[0].match.owner: found "ada"; allowed: nothing while tags.enabled is false: no tags are read then',
      'reaper.rules[1].match.tag: found "a=b"; allowed: nothing while tags.enabled is false: no tags are read then',
    ]);
  });
});

test('a rule for a client that nothing recognises is refused', () => {
  expect(mistakesIn({ rules: [limited({ client: 'dbt' }, 60)] })).toEqual([
    expect.stringContaining('a glob for one of "dbt-athena", "notebook", "SageMaker Unified Studio"'),
  ]);
});

describe('the hours of a rule', () => {
  const withHours = (hours: object) => mistakesIn({ rules: [limited({ hours }, 10)] });

  test.each([
    { timezone: 'Europe/Berlin' },
    { from: '20:00', timezone: 'UTC' },
    { days: ['mon'], to: '06:00', timezone: 'UTC' },
    { from: '20:00', to: '20:00', timezone: 'UTC' },
  ])('%j are refused, for they have no beginning and no end', (hours) => {
    expect(withHours(hours)).toEqual([expect.stringContaining('"days", or "from" and "to", which differ')]);
  });

  test('are refused with each mistake named', () => {
    expect(withHours({ days: [], from: '24:00', to: '6:00', timezone: 'Berlin' })).toEqual([
      expect.stringContaining('hours.days: found []; allowed: at least one day'),
      expect.stringContaining('hours.from: found "24:00"; allowed: a time from "00:00" to "23:59"'),
      expect.stringContaining('hours.to: found "6:00"'),
      expect.stringContaining('hours.timezone: found "Berlin"; allowed: an IANA time zone'),
    ]);
    expect(withHours({ days: ['mon'], from: '20:00', to: '06:00', timezone: 'Europe/Berlin' })).toEqual([]);
  });

  test('hide a later rule with the same hours, and leave one without hours to match', () => {
    const hours = { days: ['sat', 'sun'], timezone: 'UTC' };
    const whole = limited({ workgroup: 'etl' }, 60);
    expect(mistakesIn({ rules: [limited({ hours }, 10), whole] })).toEqual([]);
    expect(mistakesIn({ rules: [limited({ hours }, 10), limited({ hours, workgroup: 'a' }, 60)] })).toEqual([
      expect.stringContaining('reaper.rules[1]: found'),
    ]);
  });
});
