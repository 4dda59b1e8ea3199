import { describe, expect, test } from 'vitest';
import { readReaperConfig } from '../../../../lib/config/config.js';
import { overridesIn } from '../../../../lib/config/context/overrides.js';

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

  test('may be misspelt, and then are refused', () => {
    expect(() => read({ 'reaper.tags.enabeld': 'false' })).toThrow('did you mean "enabled"?');
    expect(() => read({ 'reaper.__proto__.idleMinutes': '5' })).toThrow(
      'reaper.__proto__: found an unknown key',
    );
  });

  test('may be the whole, as JSON', () => {
    expect(read({ reaper: '{"idleMinutes":45}' }).idleMinutes).toBe(45);
  });

  test.each([
    ['reaper.organization.externalId', '12345', { organization: { externalId: '12345' } }],
    ['reaper.organization.externalId', '1e5', { organization: { externalId: '1e5' } }],
    ['reaper.organization.memberRoleName', 'true', { organization: { memberRoleName: 'true' } }],
    ['reaper.tags.prefix', '42', { tags: { prefix: '42' } }],
    ['reaper.tags.prefix', '"team"', { tags: { prefix: 'team' } }],
    ['reaper.permissionsBoundary', '2026', { permissionsBoundary: '2026' }],
    ['reaper.permissionsBoundary', 'null', { permissionsBoundary: null }],
    ['reaper.organization.accounts', '["111122223333"]', { organization: { accounts: ['111122223333'] } }],
    ['reaper.organization.accounts', 'all', { organization: { accounts: 'all' } }],
    ['reaper.organization.maxConcurrency', '7', { organization: { maxConcurrency: 7 } }],
  ])('of %s to %s keep the type that the schema means', (key, text, expected) => {
    const organization = {
      accounts: 'all',
      regions: ['eu-west-1'],
      externalId: 'example',
      organizationId: 'o-a1b2c3d4e5',
    };

    expect(read({ reaper: { organization }, [key]: text })).toMatchObject(expected);
  });
});
