import { describe, expect, it } from 'vitest';
import { GLOB_KEY_NAMES, iamWorkgroupGlob, matchKeysOf } from '../../../lambda/contract/match-keys.js';

describe('what a rule matches on', () => {
  it('is the keys that it gives', () => {
    expect(matchKeysOf({ description: 'dbt: *' })).toEqual(['description']);
    expect(matchKeysOf({ description: 'dbt: *', workgroup: 'etl' })).toEqual(['workgroup', 'description']);
  });

  it('is a glob for each key but the hours', () => {
    const globs = ['workgroup', 'description', 'client', 'engine', 'owner', 'role', 'tag'];
    expect(GLOB_KEY_NAMES).toEqual(globs);
  });

  it('can be said in IAM as a workgroup glob only where every key can', () => {
    expect(iamWorkgroupGlob({ workgroup: 'prod-*' })).toBe('prod-*');
    expect(iamWorkgroupGlob({ workgroup: 'prod-*', description: 'dbt: *' })).toBeUndefined();
    expect(iamWorkgroupGlob({ description: 'dbt: *' })).toBeUndefined();
    const hours = { days: ['sun'], timezone: 'UTC' } as const;
    const others = { description: '*', client: '*', engine: '*', owner: '*', role: '*', tag: '*', hours };
    for (const [key, value] of Object.entries(others)) {
      expect(iamWorkgroupGlob({ workgroup: 'prod-*', [key]: value }), key).toBeUndefined();
    }
  });
});
