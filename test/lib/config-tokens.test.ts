import { Aws, CfnParameter, Fn, Lazy, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, test } from 'vitest';
import { ConfigError, type ReaperConfigInput } from '../../lib/config/config.js';
import { readConfigWithTokens } from '../../lib/config-tokens.js';
import { AthenaSessionReaper } from '../../lib/index.js';
import { withValues } from '../../local/template/intrinsics.js';
import { HUB } from '../support/organization/templates.js';
import { bareApp } from '../support/synthesis.js';

const TOKEN = 'a token, whose value is known only at the deployment';

function mistakesIn(config: ReaperConfigInput) {
  try {
    readConfigWithTokens(config);
  } catch (error) {
    if (error instanceof ConfigError)
      return error.mistakes.map(({ path, found, allowed }) => [path.join('.'), found, allowed]);
    throw error;
  }
  return [];
}

test('tokens for regions, topic, key and boundary reach the template', () => {
  const stack = new Stack(bareApp(), 'Data');
  const arn = (id: string) => new CfnParameter(stack, id).valueAsString;
  new AthenaSessionReaper(stack, 'Reaper', {
    config: {
      regions: [stack.region, 'us-east-1', arn('Third')],
      notify: { topicArn: new Topic(stack, 'Alerts').topicArn },
      kmsKeyArn: new Key(stack, 'Key').keyArn,
      permissionsBoundary: arn('Limit'),
    },
  });
  const resources = JSON.stringify(withValues(Template.fromStack(stack).toJSON().Resources));

  expect(resources).toContain('"aws:RequestedRegion":["eu-west-1","us-east-1","Third"]');
  expect(resources).toContain(String.raw`\"regions\":[\"eu-west-1\",\"us-east-1\",\"Third\"]`);
  expect(resources).toMatch(/"AlarmActions":\["Alerts\w+"\]/);
  expect(resources).toMatch(/"KmsKeyId":"Key\w+\.Arn"/);
  expect(resources).toContain('"PermissionsBoundary":"Limit"');
  expect(resources).not.toMatch(/token-a|Token\[/);
});

describe('a token in another place is refused in words that say so', () => {
  test.each<[string, ReaperConfigInput, string]>([
    ['idleMinutes', { idleMinutes: Token.asNumber({ Ref: 'Minutes' }) }, 'a whole number from 1 to 10080'],
    ['schedule', { schedule: Fn.ref('Schedule') }, 'an EventBridge Scheduler expression'],
    ['tags.prefix', { tags: { prefix: Lazy.string({ produce: () => 'team' }) } }, '1 to 100 letters'],
    ['rules.0.match.description', { rules: [{ match: { description: Aws.STACK_NAME }, exempt: true }] }, ''],
    ['notify.emails.0', { notify: { emails: [Fn.ref('Mail')] } }, 'an e-mail address'],
    ['regions', { regions: Fn.split(',', Fn.ref('Regions')) }, ''],
    [
      'organization.regions.0',
      { organization: { ...HUB.organization, regions: [Aws.REGION] } },
      'a region name',
    ],
  ])('%s', (place, config, allowed) => {
    expect(mistakesIn(config)).toEqual([
      [`reaper.${place}`, TOKEN, expect.stringMatching(new RegExp(`^${allowed}.*, written out$`))],
    ]);
  });

  test('beside every other mistake', () => {
    expect(mistakesIn({ idleMinutes: Token.asNumber({ Ref: 'Minutes' }), warnMinutes: -1 })).toEqual([
      ['reaper.idleMinutes', TOKEN, expect.anything()],
      ['reaper.warnMinutes', '-1', expect.anything()],
    ]);
  });
});

test('what contradicts a token names it as one', () => {
  const { organization } = HUB;

  expect(mistakesIn({ organization, permissionsBoundary: Fn.ref('Limit') })).toEqual([
    ['reaper.permissionsBoundary', expect.stringContaining('a token'), expect.anything()],
  ]);
  expect(mistakesIn({ regions: [Aws.REGION, Aws.REGION] })).toMatchObject([
    ['reaper.regions', expect.stringContaining('a token'), 'a list that names nothing twice'],
  ]);
});

test('regions that may make the settings longer than Lambda takes are refused', () => {
  const stack = new Stack(bareApp(), 'Data');
  const regions = Array.from({ length: 8 }, (_, n) => new CfnParameter(stack, `R${n}`).valueAsString);
  const rules = ['a', 'b'].map((text) => ({ match: { description: text.repeat(1_000) }, idleMinutes: 60 }));

  expect(() => new AthenaSessionReaper(stack, 'Reaper', { config: { regions, rules } })).toThrow(
    /bytes of environment variables; allowed: 4096 bytes/,
  );
});

test('what holds no token is read as it is', () => {
  const config = { idleMinutes: 45, regions: ['eu-west-1'], stuck: { busyMinutes: 600 } };

  expect(readConfigWithTokens(config)).toMatchObject(config);
  expect(readConfigWithTokens(undefined)).toEqual(readConfigWithTokens({}));
});
