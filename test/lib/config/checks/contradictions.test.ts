import { describe, expect, test } from 'vitest';
import { readReaperConfig } from '../../../../lib/config/config.js';
import { mistakesBy } from '../../../support/mistakes.js';

function mistakesIn(written: unknown): readonly string[] {
  return mistakesBy(() => readReaperConfig(written));
}

describe('contradictions', () => {
  test.each<[string, object, string]>([
    [
      'a workgroup included and excluded',
      { workgroups: { include: ['etl-a', 'b'], exclude: ['etl-*'] } },
      'reaper.workgroups.include[0]: found "etl-a"',
    ],
    [
      'a rule behind one that matches all it does',
      {
        rules: [
          { match: { workgroup: '*' }, idleMinutes: 60 },
          { match: { workgroup: 'prod' }, exempt: true },
        ],
      },
      'reaper.rules[1]: found {"workgroup":"prod"}; allowed: a rule that rules[0] leaves something to match; the first match wins',
    ],
    [
      'a rule for an excluded workgroup',
      { workgroups: { exclude: ['prod-*'] }, rules: [{ match: { workgroup: 'prod-a' }, idleMinutes: 60 }] },
      'workgroups.exclude has "prod-*"',
    ],
    [
      'warnings that some sweeps would skip',
      { warnMinutes: 5, schedule: 'rate(10 minutes)' },
      'reaper.warnMinutes: found 5; allowed: 0, or from the 10 minutes between two sweeps to less than the shortest idle limit, 30 minutes',
    ],
    [
      'warnings before a session is idle',
      { warnMinutes: 20, rules: [{ match: { workgroup: 'a' }, idleMinutes: 15 }] },
      'less than the shortest idle limit, 15 minutes',
    ],
    [
      "addresses for a topic of one's own",
      { notify: { emails: ['a@example.com'], topicArn: 'arn:aws:sns:eu-west-1:111122223333:a' } },
      'reaper.notify: found',
    ],
    [
      'a time zone for a rate',
      { timezone: 'Europe/Berlin' },
      'reaper.timezone: found "Europe/Berlin"; allowed: nothing beside a rate',
    ],
  ])('%s is refused', (_name, written, expected) => {
    expect(mistakesIn(written)).toEqual([expect.stringContaining(expected)]);
  });

  test('a rule with a description does not hide one without', () => {
    const rules = [
      { match: { workgroup: '*', description: 'dbt: *' }, idleMinutes: 60 },
      { match: { workgroup: 'prod' }, exempt: true },
    ];

    expect(mistakesIn({ rules })).toEqual([]);
  });
});

test('settings too long for the environment of a function are refused', () => {
  const rules = Array.from({ length: 80 }, (_, index) => ({
    match: { workgroup: `team-${index}` },
    idleMinutes: 60,
  }));

  expect(mistakesIn({ rules })).toEqual([expect.stringContaining('bytes of settings')]);
});
