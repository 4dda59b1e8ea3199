import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS, RANGES } from '../../../lambda/contract/settings.js';
import { parseSettings } from '../../../lambda/settings/read-settings.js';
import { ConfigError, readReaperConfig, toReaperSettings } from '../../../lib/config/config.js';
import { overridesIn } from '../../../lib/config/overrides.js';
import { CONFIGURATIONS } from '../../support/configurations.js';

/** The lines of the error for a configuration, without the heading. */
function mistakesIn(written: unknown, overrides: Record<string, unknown> = {}): readonly string[] {
  try {
    readReaperConfig(written, overrides);
  } catch (error) {
    if (error instanceof ConfigError)
      return error.message
        .split('\n')
        .slice(1)
        .map((line) => line.slice(4));
    throw error;
  }
  return [];
}

describe('nothing configured', () => {
  test('is the defaults of the function', () => {
    expect(toReaperSettings(readReaperConfig(undefined))).toEqual(DEFAULT_SETTINGS);
  });

  test('is written in the README and in docs/configuration.md as this', () => {
    expect(readReaperConfig({})).toMatchObject({
      schedule: 'rate(5 minutes)',
      timezone: 'UTC',
      notify: { emails: [], topicArn: null },
      logRetentionDays: 90,
    });
  });
});

test.each(Object.entries(CONFIGURATIONS))('the function accepts the settings of %s', (_name, config) => {
  const settings = toReaperSettings(readReaperConfig(config));

  expect(parseSettings(JSON.parse(JSON.stringify(settings)))).toEqual(settings);
});

const limitAllowed = 'a whole number from 1 to 10080';

test.each<[string, unknown, string]>([
  ['a misspelt key', { idleMinuets: 45 }, 'reaper.idleMinuets: found an unknown key; allowed: '],
  ['its nearest known one', { idleMinuets: 45 }, 'did you mean "idleMinutes"?'],
  [
    'a misspelt key below',
    { tags: { enable: true } },
    'reaper.tags.enable: found an unknown key; allowed: enabled, prefix; did you mean "enabled"?',
  ],
  [
    'a misspelt key in a list',
    { rules: [{ match: { workgruop: 'a' }, exempt: true }] },
    'reaper.rules[0].match.workgruop: found an unknown key; allowed: workgroup, description; did you mean "workgroup"?',
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
])('%s is told with its path, what was found and what is allowed', (_name, written, expected) => {
  expect(mistakesIn(written).join('\n')).toContain(expected);
});

test.each([
  'rate(5 minutes',
  'rate(0 minutes)',
  'every 5 minutes',
  'rate(3 days)',
  'at(2026-01-01T00:00:00)',
  'cron(* * * * *)',
  'cron(0 8 * * * *)',
  'cron(61 * * * ? *)',
  'cron(0 8 1 * ? *)',
  'cron(0 8 ? * FRI *)',
  'cron(0 8 * * ? 2019)',
])('the schedule %s is refused', (schedule) => {
  expect(mistakesIn({ schedule })).toEqual([expect.stringContaining('reaper.schedule: found')]);
});

test.each([
  ['rate(1 minute)', 1],
  ['rate(90 minutes)', 90],
  ['rate(2 hours)', 120],
  ['cron(0/15 8-18 ? * MON-FRI *)', 15],
  ['cron(0 6,7 * * ? *)', 60],
  ['cron(0 0 ? * * *)', 1_440],
])('sweeps of %s are %i minutes apart', (schedule, minutes) => {
  expect(toReaperSettings(readReaperConfig({ schedule })).sweepIntervalMinutes).toBe(minutes);
});

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

test('all mistakes are told at once, contradictions too', () => {
  const mistakes = mistakesIn({
    mode: 'kill',
    idleMinuets: 1,
    workgroups: { include: ['a'], exclude: ['a'] },
    tags: { prefix: 'aws:x' },
    warnMinutes: 2,
  });

  expect(mistakes.map((mistake) => mistake.split(':')[0])).toEqual([
    'reaper.mode',
    'reaper.tags.prefix',
    'reaper.idleMinuets',
    'reaper.workgroups.include[0]',
    'reaper.warnMinutes',
  ]);
});

test('settings too long for the environment of a function are refused', () => {
  const rules = Array.from({ length: 80 }, (_, index) => ({
    match: { workgroup: `team-${index}` },
    idleMinutes: 60,
  }));

  expect(mistakesIn({ rules })).toEqual([expect.stringContaining('bytes of settings')]);
});

test('more globs in more regions than an IAM policy has room for are refused', () => {
  const regions = Array.from({ length: 9 }, (_, index) => `eu-west-${index}`);
  const include = ['team-a-*', 'team-b-*', 'team-c-*', 'team-d-*'];

  expect(mistakesIn({ regions, workgroups: { include } })).toEqual([
    expect.stringContaining('reaper.workgroups: found globs'),
  ]);
  expect(mistakesIn({ regions })).toEqual([]);
});

describe('overrides on the command line', () => {
  const read = (context: Record<string, unknown>) => readReaperConfig(context.reaper, overridesIn(context));

  test.each<[string, string, object]>([
    ['a number', '45', { idleMinutes: 45 }],
    ['a number that is none', '4 5', {}],
  ])('%s', (_name, value, expected) => {
    const overriding = () => read({ 'reaper.idleMinutes': value });

    if ('idleMinutes' in expected) expect(overriding()).toMatchObject(expected);
    else expect(overriding).toThrow('reaper.idleMinutes: found "4 5"');
  });

  test('may be texts, booleans, lists and objects, and win over what is written', () => {
    const config = read({
      reaper: { mode: 'terminate', tags: { enabled: true, prefix: 'team' }, regions: ['eu-west-1'] },
      'reaper.mode': 'report',
      'reaper.tags.enabled': 'false',
      'reaper.regions': '["us-east-1","us-west-2"]',
      'reaper.stuck': '{"degradedMinutes":15}',
      'other.key': 'not ours',
    });

    expect(config).toMatchObject({
      mode: 'report',
      tags: { enabled: false, prefix: 'team' },
      regions: ['us-east-1', 'us-west-2'],
      stuck: { degradedMinutes: 15 },
    });
  });

  test('may be misspelt, and are told so', () => {
    expect(() => read({ 'reaper.tags.enabeld': 'false' })).toThrow('did you mean "enabled"?');
    expect(() => read({ 'reaper.__proto__.idleMinutes': '5' })).toThrow(
      'reaper.__proto__: found an unknown key',
    );
  });

  test('may be the whole, as JSON', () => {
    expect(read({ reaper: '{"idleMinutes":45}' }).idleMinutes).toBe(45);
  });
});

const { min, max } = RANGES.limitMinutes;

test('any value at all is either accepted or refused with a ConfigError', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.dictionary(fc.string(), fc.string()), (written, overrides) => {
      try {
        readReaperConfig(written, overrides);
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigError);
      }
    }),
  );
});

test('an idle limit is accepted exactly within its range', () => {
  fc.assert(
    fc.property(fc.double(), (idleMinutes) => {
      const allowed = Number.isInteger(idleMinutes) && idleMinutes >= min && idleMinutes <= max;

      expect(mistakesIn({ idleMinutes }).length === 0).toBe(allowed);
    }),
  );
});

test('what is accepted is accepted again, and means the same', () => {
  const configurations = fc.record(
    {
      idleMinutes: fc.integer({ min, max }),
      mode: fc.constantFrom('terminate', 'report'),
      dpuHourPrice: fc.double({ min: 0, max: 100, noNaN: true }),
      regions: fc.uniqueArray(fc.constantFrom('eu-west-1', 'us-east-1', 'ap-southeast-2')),
      tags: fc.record({ enabled: fc.boolean() }, { requiredKeys: [] }),
      stuck: fc.record({ degradedMinutes: fc.integer({ min, max }) }, { requiredKeys: [] }),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(configurations, (written) => {
      const config = readReaperConfig(written);

      expect(readReaperConfig(config)).toEqual(config);
    }),
  );
});
