import { expect, test } from 'vitest';
import { warningsAbout } from '../../../../lib/config/checks/warnings.js';
import { readReaperConfig } from '../../../../lib/config/config.js';

const idsFor = (written: object) => warningsAbout(readReaperConfig(written)).map(({ id }) => id);

test('the defaults are not warned about', () => {
  expect(idsFor({})).toEqual([]);
});

test.each([
  [{ idleMinutes: 9 }, ['athena-session-reaper:shortLimit:idleMinutes']],
  [{ idleMinutes: 10 }, []],
  [{ idleMinutes: 479 }, []],
  [{ idleMinutes: 480 }, ['athena-session-reaper:pointlessLimit:idleMinutes']],
  [
    { rules: [{ match: { workgroup: 'a' }, idleMinutes: 5 }] },
    ['athena-session-reaper:shortLimit:rules.0.idleMinutes'],
  ],
  [{ rules: [{ match: { workgroup: 'a' }, exempt: true }] }, []],
  [{ stuck: { degradedMinutes: 60, maxAgeMinutes: 600 } }, []],
  [{ stuck: { busyMinutes: 240 } }, ['athena-session-reaper:endsWork:stuck.busyMinutes']],
  [{ workgroups: { exclude: ['*s*', 'etl-*'] } }, ['athena-session-reaper:notDenied:*s*']],
])('%j is warned about with %j', (written, ids) => {
  expect(idsFor(written)).toEqual(ids);
});

test('a warning names the key, its value and what comes of it', () => {
  const rules = [{ match: { workgroup: 'a' }, idleMinutes: 5 }];

  expect(warningsAbout(readReaperConfig({ rules }))).toEqual([
    expect.objectContaining({
      text: expect.stringContaining('reaper.rules[0].idleMinutes is 5: below 10 minutes'),
    }),
  ]);
});
