import { beforeAll, describe, expect, test } from 'vitest';
import { settingsFrom } from '../../../lambda/settings/read-settings.js';
import { type ReaperConfigInput, readReaperConfig, toReaperSettings } from '../../../lib/config/config.js';
import { dashboardBody } from '../../../local/template/dashboard-body.js';
import {
  type DeployableTemplates,
  deployableTemplates,
} from '../../../local/template/deployable-templates.js';
import { EXAMPLE_VALUES, type Values, withValues } from '../../../local/template/intrinsics.js';
import { type Template, theOnly } from '../../../local/template/template.js';
import { CONFIGURATIONS } from '../../support/configurations.js';
import { someOf } from '../../support/property-share.js';

const ORGANIZATION = {
  accounts: 'all',
  regions: ['eu-west-1', 'us-east-1'],
  externalId: 'example',
  organizationId: 'o-a1b2c3d4e5',
} as const;

const made = new Map<string, Promise<DeployableTemplates>>();

/** Made once for each configuration. */
function templatesOf(config: ReaperConfigInput = {}): Promise<DeployableTemplates> {
  const key = JSON.stringify(config);
  const templates = made.get(key) ?? deployableTemplates(readReaperConfig(config), 'code.zip');
  made.set(key, templates);
  return templates;
}

const GIVEN = { IdleMinutes: 77, MaxTerminationsPerSweep: 12, DpuHourPrice: 0.5 };
const given: Values = (id, attribute) =>
  String(Object.entries(GIVEN).find(([name]) => name === id)?.[1] ?? EXAMPLE_VALUES(id, attribute));

/** What the function's environment comes to with the parameters given. */
function environmentOf(template: Template): Readonly<Record<string, string>> {
  const { resource } = theOnly(template, 'AWS::Lambda::Function');
  const { Variables }: { Variables: Record<string, string> } = JSON.parse(
    JSON.stringify(withValues(resource.Properties.Environment, given)),
  );
  return Variables;
}

describe.each(
  someOf(
    Object.entries<ReaperConfigInput>({
      ...CONFIGURATIONS,
      warnings: { warnMinutes: 10 },
      'a rule with a limit that a placeholder would have': {
        rules: [{ match: { workgroup: 'etl-*' }, idleMinutes: 10_079 }],
      },
      'an organization': { organization: ORGANIZATION },
    }),
  ),
)('with %s', (_name, config) => {
  let templates: DeployableTemplates;
  beforeAll(async () => {
    templates = await templatesOf(config);
  });

  test('the function gets the settings, with what the parameters say', () => {
    const values = { idleMinutes: 77, maxTerminationsPerSweep: 12, dpuHourPrice: 0.5 };
    expect(settingsFrom(environmentOf(templates.template))).toEqual(
      settingsFrom({
        REAPER_SETTINGS: JSON.stringify(toReaperSettings(readReaperConfig({ ...config, ...values }))),
      }),
    );
  });

  test('the template is small enough to be given to CloudFormation, without a bucket but for an organization', () => {
    const most = templates.memberRole ? 1_000_000 : 51_200;
    expect(Buffer.byteLength(JSON.stringify(templates.template))).toBeLessThanOrEqual(most);
  });

  test('nothing is left of the bootstrap', () => {
    const text = JSON.stringify(templates);
    expect(text).not.toMatch(/cdk-|Bootstrap|AssetParameters/);
    expect(templates.template).not.toHaveProperty('Rules');
  });
});

test('the code comes from a bucket that is a parameter, under a key that is the name of the zip', async () => {
  const { template } = await templatesOf();
  expect(theOnly(template, 'AWS::Lambda::Function').resource.Properties.Code).toEqual({
    S3Bucket: { Ref: 'CodeBucket' },
    S3Key: { Ref: 'CodeKey' },
  });
  expect(template.Parameters?.CodeKey?.Default).toBe('code.zip');
  expect(template.Parameters?.CodeBucket).not.toHaveProperty('Default');
});

test('the template to be packaged takes the code from beside it', async () => {
  const { packageTemplate } = await templatesOf();
  expect(theOnly(packageTemplate, 'AWS::Lambda::Function').resource.Properties.Code).toBe('code.zip');
  expect(Object.keys(packageTemplate.Parameters ?? {}).sort()).toEqual([
    'DpuHourPrice',
    'IdleMinutes',
    'Mail',
    'MaxTerminationsPerSweep',
  ]);
});

test('the dashboard shows the limit and the price that the parameters say', async () => {
  const body = JSON.stringify(dashboardBody((await templatesOf()).template, given));
  expect(body).toContain('77 minutes');
  expect(body).toContain('dpuHours * 0.5');
});

test('one more address is subscribed where the parameter names it', async () => {
  const { template } = await templatesOf(CONFIGURATIONS['e-mail addresses']);
  const subscriptions = Object.values(template.Resources).filter(
    ({ Type }) => Type === 'AWS::SNS::Subscription',
  );
  expect(subscriptions.map(({ Condition, Properties }) => [Condition, Properties.Endpoint])).toEqual([
    [undefined, 'data-platform@example.com'],
    [undefined, 'on-call@example.com'],
    ['HasMail', { Ref: 'Mail' }],
  ]);
  expect(template.Conditions).toMatchObject({
    HasMail: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Mail' }, ''] }] },
  });
});

test.each([
  ['', true],
  ['on-call@example.com', true],
  ['nobody', false],
  ['two@example.com, three@example.com', false],
])('the parameter for an address takes "%s": %s', async (address, isTaken) => {
  const { template } = await templatesOf();
  expect(new RegExp(template.Parameters?.Mail?.AllowedPattern ?? '$^').test(address)).toBe(isTaken);
});

test('a topic of its own has no parameter for an address', async () => {
  const { template } = await templatesOf(CONFIGURATIONS['a topic of its own']);
  expect(template.Parameters).not.toHaveProperty('Mail');
});

test('the role of the swept accounts comes with the template of an organization, and with no other', async () => {
  expect((await templatesOf()).memberRole).toBeUndefined();
  const { memberRole } = await templatesOf({ organization: ORGANIZATION });
  expect(Object.keys(memberRole?.Parameters ?? {})).toEqual(['HubAccountId']);
});
