import { expect, test } from 'vitest';
import { parseSettings } from '../../../../lambda/settings/read-settings.js';
import { readReaperConfig, toReaperSettings } from '../../../../lib/config/config.js';
import { CONFIGURATIONS } from '../../../support/configurations.js';

test.each(Object.entries(CONFIGURATIONS))('the function accepts the settings of %s', (_name, config) => {
  const settings = toReaperSettings(readReaperConfig(config));

  expect(parseSettings(JSON.parse(JSON.stringify(settings)))).toEqual(settings);
});

test('of an organization the function gets its regions, and of its roles what it must know', () => {
  const organization = {
    accounts: 'all',
    regions: ['eu-west-1', 'us-east-1'],
    externalId: 'session-reaper-of-example',
    organizationId: 'o-a1b2c3d4e5',
  };

  expect(toReaperSettings(readReaperConfig({ organization }))).toMatchObject({
    regions: ['eu-west-1', 'us-east-1'],
    organization: { memberRoleName: 'AthenaSessionReaperMember', externalId: 'session-reaper-of-example' },
  });
});
