import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, RANGES } from '../../../lambda/contract/settings.js';
import {
  narrow,
  parseSettings,
  SettingsError,
  settingsFrom,
} from '../../../lambda/settings/read-settings.js';

/** The lines of the one error that lists all mistakes. */
function mistakesOf(attempt: () => unknown): readonly string[] {
  try {
    attempt();
  } catch (error) {
    if (error instanceof SettingsError) return error.mistakes;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('settings', () => {
  it('are the defaults where nothing is said', () => {
    expect(parseSettings({})).toEqual({
      ...{ mode: 'terminate', idleMinutes: 30, stuck: {}, regions: [], rules: [], warnMinutes: 0 },
      workgroups: { include: ['*'], exclude: [] },
      tags: { enabled: true, prefix: 'session-reaper', unreadable: 'end' },
      owner: { tagKeys: ['AmazonDataZoneSessionOwner', 'Owner', 'owner'], cloudTrail: false },
      trust: { lastModified: false },
      ...{ sweepIntervalMinutes: 5, maxTerminationsPerSweep: 100, skipQuietWorkgroups: true },
      ...{ dpuHourPrice: 0.35, notify: { sessionEvents: false, chat: false, guideUrl: null } },
    });
    expect(parseSettings({})).toEqual(DEFAULT_SETTINGS);
    expect(
      settingsFrom({ REAPER_SETTINGS: '{"workgroups":{"exclude":["prod"]},"tags":{"enabled":false}}' }),
    ).toEqual({
      ...DEFAULT_SETTINGS,
      workgroups: { include: ['*'], exclude: ['prod'] },
      tags: { enabled: false, prefix: 'session-reaper', unreadable: 'end' },
    });
  });

  it('keep what is said', () => {
    const said = {
      ...DEFAULT_SETTINGS,
      tags: { enabled: true, prefix: 'team', unreadable: 'spare', maxExemptDays: 30 },
      owner: { tagKeys: ['Team'], cloudTrail: true },
      trust: { lastModified: true },
      mode: 'report',
      stuck: { degradedMinutes: 5, maxAgeMinutes: 600 },
      regions: ['eu-west-1', 'us-gov-east-1'],
      rules: [
        { match: { workgroup: 'prod-*' }, exempt: true },
        { match: { workgroup: '*', description: 'dbt: *' }, idleMinutes: 60 },
      ],
    };
    expect(settingsFrom({ REAPER_SETTINGS: JSON.stringify(said) })).toEqual(said);
  });

  it.each([
    { environment: {}, line: 'found nothing; allowed: settings as one JSON object' },
    { environment: { REAPER_SETTINGS: '  ' }, line: 'found nothing; allowed: settings as one JSON object' },
    { environment: { REAPER_SETTINGS: '{"mode"' }, line: 'found text that is not JSON' },
    { environment: { REAPER_SETTINGS: '{"idleMinutes": NaN}' }, line: 'found text that is not JSON' },
    { environment: { REAPER_SETTINGS: '[]' }, line: '(the whole): found []; allowed: an object' },
    { environment: { REAPER_SETTINGS: 'null' }, line: '(the whole): found null; allowed: an object' },
  ])('from $environment are refused', ({ environment, line }) => {
    expect(mistakesOf(() => settingsFrom(environment))).toEqual([expect.stringContaining(line)]);
  });

  it('with many mistakes are refused with one error that names each place, what was found and what is allowed', () => {
    const wrong = {
      mode: 'dry-run',
      idleMinutes: -1,
      stuck: { busyMinutes: 1.5, hungMinutes: 3 },
      regions: ['Frankfurt'],
      workgroups: { include: [], exclude: ['a b'] },
      rules: [
        { match: {}, exempt: true },
        { match: { workgroup: '*' }, exempt: true, idleMinutes: 5 },
        { match: { workgroup: '*' } },
        { idleMinutes: 5 },
      ],
      tags: { enabled: 'yes', prefix: 'aws:x' },
      maxTerminationsPerSweep: 0,
      dpuHourPrice: Number.NaN,
      idleminutes: 30,
    };
    expect(mistakesOf(() => parseSettings(wrong)).map((line) => line.split('; ')[0])).toEqual([
      'mode: found "dry-run"',
      'idleMinutes: found -1',
      'stuck.busyMinutes: found 1.5',
      'stuck.hungMinutes: found an unknown key',
      'regions[0]: found "Frankfurt"',
      'workgroups.include: found []',
      'workgroups.exclude[0]: found "a b"',
      'rules[0].match: found {}',
      'rules[1]: found {"match":{"workgroup":"*"},"exempt":true,"idleMinutes":5}',
      'rules[2]: found {"match":{"workgroup":"*"}}',
      'rules[3].match: found nothing',
      'tags.enabled: found "yes"',
      'tags.prefix: found "aws:x"',
      'maxTerminationsPerSweep: found 0',
      'dpuHourPrice: found NaN',
      'idleminutes: found an unknown key',
    ]);
  });

  it('in an error are cut where they are long', () => {
    const found = (mode: string) => mistakesOf(() => parseSettings({ mode }))[0]?.split('; ')[0];
    // Quotes count too.
    expect(found('x'.repeat(78))).toBe(`mode: found "${'x'.repeat(78)}"`);
    expect(found('x'.repeat(79))).toBe(`mode: found "${'x'.repeat(76)}...`);
  });

  it('that lack a key are refused with its name', () => {
    expect(mistakesOf(() => parseSettings({ rules: [{ idleMinutes: 5 }] }))).toEqual([
      'rules[0].match: found nothing; allowed: an object',
    ]);
  });

  it('that cannot be used are listed line by line, after what they are', () => {
    const attempt = () => settingsFrom({ REAPER_SETTINGS: '{"mode": 1, "warnMinutes": "x"}' });
    expect(attempt).toThrow(
      expect.objectContaining({
        name: 'SettingsError',
        message: [
          'The settings in REAPER_SETTINGS cannot be used:',
          '  - mode: found 1; allowed: "terminate" or "report"',
          `  - warnMinutes: found "x"; allowed: a whole number from 0 to ${RANGES.warnMinutes.max}`,
        ].join('\n'),
      }),
    );
  });

  it('either come out whole and in range, or are refused with a SettingsError', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.record({ idleMinutes: fc.jsonValue(), mode: fc.jsonValue() })),
        (value) => {
          try {
            const { idleMinutes, mode } = parseSettings(value);
            return (
              Number.isInteger(idleMinutes) && idleMinutes >= 1 && ['terminate', 'report'].includes(mode)
            );
          } catch (error) {
            return error instanceof SettingsError && error.mistakes.length > 0;
          }
        },
      ),
    );
  });
});

describe('an event', () => {
  const deployed = parseSettings({ regions: ['eu-west-1', 'us-east-1'] });

  it('that is empty, or missing, changes nothing', () => {
    const unchanged = { ...deployed, onlyWorkgroups: ['*'] };
    expect(narrow(deployed, {}, 'eu-west-1')).toEqual(unchanged);
    expect(narrow(deployed, null, 'eu-west-1')).toEqual(unchanged);
    expect(narrow(deployed, undefined, 'eu-west-1')).toEqual(unchanged);
  });

  it("sweeps the function's own region where none is set", () => {
    expect(narrow(parseSettings({}), {}, 'ap-south-1').regions).toEqual(['ap-south-1']);
  });

  it('may ask for less', () => {
    const event = { mode: 'report', regions: ['us-east-1', 'us-east-1'], workgroups: ['dev-*'] };
    expect(narrow(deployed, event, 'eu-west-1')).toMatchObject({
      mode: 'report',
      regions: ['us-east-1'],
      onlyWorkgroups: ['dev-*'],
    });
  });

  it.each([
    { event: { mode: 'terminate' }, line: 'mode: found "terminate"; allowed: "report"' },
    {
      event: { regions: ['ap-south-1'] },
      line: 'regions: found "ap-south-1"; allowed: eu-west-1, us-east-1',
    },
    { event: { regions: [] }, line: 'regions: found []; allowed: at least one region' },
    { event: { workgroups: [] }, line: 'workgroups: found []; allowed: at least one glob' },
    {
      event: { idleMinutes: 1 },
      line: 'idleMinutes: found an unknown key; allowed: mode, regions, workgroups',
    },
    { event: 'report', line: '(the whole): found "report"; allowed: an object' },
  ])('that is $event is refused', ({ event, line }) => {
    expect(mistakesOf(() => narrow(deployed, event, 'eu-west-1'))).toEqual([expect.stringContaining(line)]);
  });

  it.each([{ mode: 'terminate' }, { regions: ['ap-south-1'] }])('%j is called an event', (event) => {
    expect(() => narrow(deployed, event, 'eu-west-1')).toThrow(/^The event cannot be used:\n {2}- /);
  });

  it('cannot widen a deployment in report mode', () => {
    expect(narrow(parseSettings({ mode: 'report' }), {}, 'eu-west-1').mode).toBe('report');
  });
});
