import { expect, test } from 'vitest';
import { settingsDifferences } from '../../../local/deployment/settings-differences.js';

test('names each value that differs, by its path', () => {
  const deployed = { idleMinutes: 30, tags: { enabled: true, prefix: 'a' }, stuck: { busyMinutes: 60 } };
  const here = { idleMinutes: 45, tags: { enabled: true, prefix: 'b' }, stuck: {} };
  expect(settingsDifferences(deployed, here)).toEqual([
    { path: 'idleMinutes', deployed: '30', here: '45' },
    { path: 'stuck.busyMinutes', deployed: '60' },
    { path: 'tags.prefix', deployed: '"a"', here: '"b"' },
  ]);
});

test('a list is one value', () => {
  expect(settingsDifferences({ regions: ['a', 'b'] }, { regions: ['a'] })).toEqual([
    { path: 'regions', deployed: '["a","b"]', here: '["a"]' },
  ]);
  expect(settingsDifferences({ rules: [{ match: {} }] }, { rules: [{ match: {} }] })).toEqual([]);
});
