import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RANGES } from '../../../../lambda/contract/settings.js';
import { readReaperConfig } from '../../../../lib/config/config.js';
import { mistakesBy } from '../../../support/mistakes.js';

function mistakesIn(written: unknown): readonly string[] {
  return mistakesBy(() => readReaperConfig(written));
}

const limitAllowed = 'a whole number from 1 to 10080';

test.each<[string, unknown, string]>([
  ['a misspelt key', { idleMinuets: 45 }, 'reaper.idleMinuets: found an unknown key; allowed: '],
  ['its nearest known one', { idleMinuets: 45 }, 'did you mean "idleMinutes"?'],
  [
    'a misspelt key below',
    { tags: { enable: true } },
    'reaper.tags.enable: found an unknown key; allowed: enabled, prefix, unreadable, maxExemptDays; did you mean "enabled"?',
  ],
  [
    'a misspelt key in a list',
    { rules: [{ match: { workgruop: 'a' }, exempt: true }] },
    'reaper.rules[0].match.workgruop: found an unknown key; allowed: workgroup, description, client, engine, owner, role, tag, hours; did you mean "workgroup"?',
  ],
  [
    'text for a number',
    { idleMinutes: 'soon' },
    `reaper.idleMinutes: found "soon"; allowed: ${limitAllowed}`,
  ],
  ['a fraction', { idleMinutes: 4.5 }, `reaper.idleMinutes: found 4.5; allowed: ${limitAllowed}`],
  ['zero', { idleMinutes: 0 }, `reaper.idleMinutes: found 0; allowed: ${limitAllowed}`],
  [
    'too much',
    { stuck: { busyMinutes: 10_081 } },
    `reaper.stuck.busyMinutes: found 10081; allowed: ${limitAllowed}`,
  ],
  [
    'null for a limit',
    { stuck: { busyMinutes: null } },
    `reaper.stuck.busyMinutes: found null; allowed: ${limitAllowed}`,
  ],
  ['an unknown mode', { mode: 'kill' }, 'reaper.mode: found "kill"; allowed: "terminate" or "report"'],
  [
    'an availability zone',
    { regions: ['eu-west-1a'] },
    'reaper.regions[0]: found "eu-west-1a"; allowed: a region name such as "eu-west-1"',
  ],
  ['a schedule that is too long for Scheduler', { schedule: longCron() }, '; 256 characters at most'],
  [
    'an address that is too long for an alarm',
    { runbookUrl: `https://${'w'.repeat(501)}` },
    'an https address of up to 500 characters',
  ],
  ['a region twice', { regions: ['eu-west-1', 'eu-west-1'] }, 'allowed: a list that names nothing twice'],
  [
    'a regular expression',
    { workgroups: { include: ['prod.*|dev'] } },
    'reaper.workgroups.include[0]: found "prod.*|dev"; allowed: a workgroup name',
  ],
  [
    'an empty selection',
    { workgroups: { include: [] } },
    'reaper.workgroups.include: found []; allowed: at least one glob',
  ],
  ['text for a list', { regions: 'eu-west-1' }, 'reaper.regions: found "eu-west-1"; allowed: a list'],
  [
    'a rule without a match',
    { rules: [{ match: {}, exempt: true }] },
    'reaper.rules[0].match: found {}; allowed: at least one of workgroup, description',
  ],
  [
    'a rule that says two things',
    { rules: [{ match: { workgroup: 'a' }, exempt: true, idleMinutes: 5 }] },
    'allowed: either "exempt": true or "idleMinutes"',
  ],
  [
    'a rule that says nothing',
    { rules: [{ match: { workgroup: 'a' } }] },
    'allowed: either "exempt": true or "idleMinutes"',
  ],
  [
    'exempt: false',
    { rules: [{ match: { workgroup: 'a' }, exempt: false }] },
    'reaper.rules[0].exempt: found false; allowed: true, or leave the key out',
  ],
  [
    'an alias for a key',
    { kmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:alias/logs' },
    'reaper.kmsKeyArn: found',
  ],
  [
    'a FIFO topic',
    { notify: { topicArn: 'arn:aws:sns:eu-west-1:111122223333:a.fifo' } },
    'allowed: the ARN of a standard SNS topic, or null',
  ],
  [
    'no e-mail address',
    { notify: { emails: ['me'] } },
    'reaper.notify.emails[0]: found "me"; allowed: an e-mail address',
  ],
  [
    'a retention that CloudWatch does not know',
    { logRetentionDays: 100 },
    'reaper.logRetentionDays: found 100; allowed: one of 1, 3, 5',
  ],
  [
    'an unknown time zone',
    { timezone: 'Europe/Bonn', schedule: 'cron(0 * * * ? *)' },
    'reaper.timezone: found "Europe/Bonn"; allowed: an IANA time zone',
  ],
  ['a list instead of an object', [], 'reaper: found []; allowed: an object'],
  ['text that is no JSON', '{idle: 5}', 'reaper: found "{idle: 5}"; allowed: an object'],
])('%s is reported with its path, what was found and what is allowed', (_name, written, expected) => {
  expect(mistakesIn(written).join('\n')).toContain(expected);
});

test('an idle limit is accepted exactly within its range', () => {
  const { min, max } = RANGES.limitMinutes;
  fc.assert(
    fc.property(fc.oneof(fc.double(), fc.integer({ min: min - 5, max: max + 5 })), (idleMinutes) => {
      const allowed = Number.isInteger(idleMinutes) && idleMinutes >= min && idleMinutes <= max;

      expect(mistakesIn({ idleMinutes }).length === 0).toBe(allowed);
    }),
  );
});

/** Right in each field, and 260 characters long. */
function longCron(): string {
  const upTo = (last: number) => Array.from({ length: last + 1 }, (_, n) => n).join(',');
  return `cron(${upTo(59)} ${upTo(23)} ? * MON,TUE,WED,THU,FRI,SAT,SUN *)`;
}
