import { expect, test } from 'vitest';
import { misplacedKeys } from '../../../../lib/config/context/context-keys.js';

test.each<[string, unknown, string]>([
  ['reaper:mode', 'report', '"reaper.mode"'],
  ['reaper/tags.enabled', 'false', '"reaper.tags.enabled"'],
  ['reaper_mode', 'report', '"reaper.mode"'],
  ['Reaper', {}, '"reaper"'],
  ['REAPER.mode', 'report', '"reaper.mode"'],
  [' reaper', {}, '"reaper"'],
  ['reapr', { mode: 'report' }, '"reaper"'],
  ['reapers.idleMinutes', '45', '"reaper.idleMinutes"'],
])('the context key "%s" is refused, with what is read', (key, value, allowed) => {
  expect(misplacedKeys({ [key]: value })).toEqual([
    { path: [key], found: 'a context key that nothing reads', allowed },
  ]);
});

test.each<[string, unknown]>([
  ['reaper', {}],
  ['reaper.mode', 'report'],
  ['reaper.idleminutes', '45'],
  ['reader.mode', 'fast'],
  ['reapers', { names: [] }],
  ['reaperRole', 'arn'],
  ['@aws-cdk/core:newStyleStackSynthesis', true],
  ['availability-zones:account=1:region=eu-west-1', []],
  ['', {}],
])('the context key "%s" is right, or somebody else\'s', (key, value) => {
  expect(misplacedKeys({ [key]: value })).toEqual([]);
});
