import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS, RANGES } from '../../../lambda/contract/settings.js';
import {
  ConfigError,
  readReaperConfig,
  readReaperContext,
  toReaperSettings,
} from '../../../lib/config/config.js';
import { mistakesBy } from '../../support/mistakes.js';
import { runs } from '../../support/property-share.js';

function mistakesIn(written: unknown): readonly string[] {
  return mistakesBy(() => readReaperConfig(written));
}

describe('nothing configured', () => {
  test('means the defaults of the function', () => {
    expect(toReaperSettings(readReaperConfig(undefined))).toEqual(DEFAULT_SETTINGS);
  });

  test('means what the README and docs/configuration.md say', () => {
    expect(readReaperConfig({})).toMatchObject({
      schedule: 'rate(5 minutes)',
      timezone: 'UTC',
      notify: { emails: [], topicArn: null },
      logRetentionDays: 90,
      retainLog: false,
    });
  });
});

test('all mistakes are reported at once, contradictions too', () => {
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

describe('what one mistake hides from no other', () => {
  test('unknown keys beside each other and beside wrong values', () => {
    const written = { idelMinutes: 5, mdoe: 'report', regions: 5, stuck: { busy: 1, busyMinutes: 'long' } };

    expect(mistakesIn(written).map((line) => line.split(':')[0])).toEqual([
      'reaper.stuck.busyMinutes',
      'reaper.stuck.busy',
      'reaper.regions',
      'reaper.idelMinutes',
      'reaper.mdoe',
    ]);
  });

  test.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    'the unknown key %s, which objects inherit',
    (key) => {
      const written: unknown = JSON.parse(`{"tags":{"${key}":{},"enabled":"no"},"${key}":1}`);

      expect(mistakesIn(written)).toEqual(
        expect.arrayContaining([
          'reaper.tags.enabled: found "no"; allowed: true or false',
          expect.stringContaining(
            `reaper.tags.${key}: found an unknown key; allowed: enabled, prefix, unreadable, maxExemptDays; did you`,
          ),
          expect.stringContaining(`reaper.${key}: found an unknown key; allowed: schedule, `),
        ]),
      );
    },
  );

  test('an entry that stands twice beside one of the wrong type', () => {
    expect(mistakesIn({ regions: [5, 'eu-west-1', 'eu-west-1'] })).toEqual([
      expect.stringContaining('reaper.regions[0]: found 5'),
      expect.stringContaining('allowed: a list that names nothing twice'),
    ]);
  });

  test('a rule that says two things, one of them wrong', () => {
    const rules = [{ match: { workgroup: 'a' }, exempt: true, idleMinutes: 'soon' }];

    expect(mistakesIn({ rules })).toEqual([
      expect.stringContaining('reaper.rules[0].idleMinutes: found "soon"'),
      expect.stringContaining('allowed: either "exempt": true or "idleMinutes"'),
    ]);
  });

  test('a contradiction beside an unknown key of the same object', () => {
    expect(mistakesIn({ workgroups: { include: ['a'], exclude: ['a'], exlcude: ['b'] } })).toEqual([
      expect.stringContaining('reaper.workgroups.exlcude: found an unknown key'),
      expect.stringContaining('reaper.workgroups.include[0]: found "a"'),
    ]);
  });

  test('a contradiction beside an unknown key in a list', () => {
    const rules = [{ match: { workgroup: 'a', user: 'b' }, exempt: true }];

    expect(mistakesIn({ rules, timezone: 'Europe/Berlin' })).toEqual([
      expect.stringContaining('reaper.rules[0].match.user: found an unknown key'),
      expect.stringContaining('reaper.timezone: found "Europe/Berlin"'),
    ]);
  });

  test('no contradiction is made up from a key that is wrong', () => {
    expect(mistakesIn({ timezone: 'Europe/Berlin', schedule: 'cron' })).toEqual([
      expect.stringContaining('reaper.schedule: found "cron"'),
    ]);
  });
});

test('a context is read with its overrides, and what only looks like the reaper is a mistake among the others', () => {
  const context = { reaper: { mode: 'report' }, 'reaper.idleMinutes': '45' };

  expect(readReaperContext(context)).toMatchObject({ mode: 'report', idleMinutes: 45 });
  expect(readReaperContext(context, { idleMinutes: 50 })).toMatchObject({ idleMinutes: 50 });
  expect(
    mistakesBy(() => readReaperContext({ 'reaper:mode': 'report', 'reaper.idleminutes': '45' })),
  ).toEqual([
    'reaper:mode: found a context key that nothing reads; allowed: "reaper.mode"',
    expect.stringContaining('did you mean "idleMinutes"?'),
  ]);
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
    { numRuns: runs(100) },
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
    { numRuns: runs(100) },
  );
});
