import { expect, test } from 'vitest';
import { readReaperConfig } from '../../../../lib/config/config.js';
import { ORGANIZATION } from '../../../support/organization/hub.js';
import { ACCOUNT, HUB } from '../../../support/organization/templates.js';

test.each([
  [{ ...ORGANIZATION, accounts: ['12345'] }, 'reaper.organization.accounts'],
  [{ ...ORGANIZATION, accounts: [] }, 'reaper.organization.accounts'],
  [{ ...ORGANIZATION, regions: [] }, 'reaper.organization.regions: found []; allowed: at least one entry'],
  [{ ...ORGANIZATION, organizationId: 'example' }, 'the id of an organization, such as "o-a1b2c3d4e5"'],
  [{ ...ORGANIZATION, maxConcurency: 5 }, 'did you mean "maxConcurrency"?'],
  [{ accounts: 'all', regions: ['eu-west-1'] }, 'reaper.organization.externalId: found nothing'],
])('%j is refused with its path and what is allowed', (organization, says) => {
  expect(() => readReaperConfig({ organization })).toThrow(says);
});

test.each([
  [{ regions: ['eu-west-1'] }, 'reaper.regions: found ["eu-west-1"]; allowed: nothing beside "organization"'],
  [
    { permissionsBoundary: `arn:aws:iam::${ACCOUNT}:policy/b` },
    'the name of a managed policy, which each account',
  ],
])('beside an organization %j is a contradiction', (beside, says) => {
  expect(() => readReaperConfig({ ...HUB, ...beside })).toThrow(says);
});
