import { type App, NestedStack, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { readReaperConfig } from '../../lib/config/config.js';
import { AthenaSessionReaper, type AthenaSessionReaperProps, PropsError } from '../../lib/index.js';
import { collisions, mistakesInResources } from '../../lib/props-check.js';
import { HUB } from '../support/organization/templates.js';
import { bareApp } from '../support/synthesis.js';

const stack = new Stack(bareApp(), 'Platform');
const TOPIC_ARN = 'arn:aws:sns:eu-west-1:111122223333:operations';
const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d';

describe('a topic or a key is refused', () => {
  const topic = new Topic(stack, 'Topic');
  const fifo = new Topic(stack, 'Fifo', { fifo: true });
  const encryptionKey = new Key(stack, 'Key');

  test.each([
    ['beside the ARN of a topic', { topic }, { notify: { topicArn: TOPIC_ARN } }],
    [
      'beside e-mail addresses, which nobody would subscribe',
      { topic },
      { notify: { emails: ['a@b.example'] } },
    ],
    ['where alarms cannot publish to it', { topic: fifo }, {}],
    ['beside the ARN of a key', { encryptionKey }, { kmsKeyArn: KEY_ARN }],
  ])('%s', (_name, resources, config) => {
    expect(mistakesInResources(resources, readReaperConfig(config))).toMatchObject([
      { path: Object.keys(resources) },
    ]);
  });

  test('in no other case', () => {
    expect(mistakesInResources({ topic, encryptionKey }, readReaperConfig({}))).toEqual([]);
    const both = { kmsKeyArn: KEY_ARN, notify: { topicArn: TOPIC_ARN } };
    expect(mistakesInResources({}, readReaperConfig(both))).toEqual([]);
  });
});

test('every mistake in the properties is reported at once, with the construct', () => {
  const props: AthenaSessionReaperProps = {
    deploymentName: 'data platform',
    topic: new Topic(stack, 'Alerts'),
    config: { notify: { topicArn: TOPIC_ARN } },
  };
  const make = () => new AthenaSessionReaper(stack, 'Reaper', props);

  expect(make).toThrow(PropsError);
  expect(() => new AthenaSessionReaper(stack, 'Again', props)).toThrow(
    /^The properties of Platform\/Again cannot be used:\n {2}- deploymentName: .*\n {2}- topic: /,
  );
});

describe('two reapers collide', () => {
  const env = { account: '111122223333', region: 'eu-west-1' };
  const stackOf = (app: App, id: string, own = {}) => new Stack(app, id, { env: { ...env, ...own } });
  const between = (one: Construct, other: Construct, config = {}) => {
    const construct = new AthenaSessionReaper(one, 'One', { deploymentName: 'one', config });
    const neighbour = new AthenaSessionReaper(other, 'Other', { deploymentName: 'other', config: {} });
    return collisions({ construct, deploymentName: 'other', config: construct.config }, [neighbour]);
  };

  test('by name in one stack, nested or not', () => {
    const parent = new Stack(bareApp(), 'Data');
    expect(between(parent, new NestedStack(parent, 'Spark'))).toMatchObject([{ found: '"other"' }]);
  });

  test('by name in two stacks of one account and region', () => {
    const app = bareApp();
    expect(between(stackOf(app, 'A'), stackOf(app, 'B'))).toHaveLength(1);
  });

  test('not in two regions, nor in stacks for any account', () => {
    const app = bareApp();
    expect(between(stackOf(app, 'A'), stackOf(app, 'B', { region: 'us-east-1' }))).toEqual([]);
    expect(between(new Stack(app, 'C'), new Stack(app, 'D'))).toEqual([]);
  });

  test('by the role of the function, which an organization names', () => {
    const both = new Stack(bareApp(), 'Data');
    new AthenaSessionReaper(both, 'A', { config: HUB });

    expect(() => new AthenaSessionReaper(both, 'B', { config: HUB })).toThrow(
      /config\.organization\.memberRoleName: found "AthenaSessionReaperMember"; allowed: another than that of Data\/A/,
    );
  });

  test('with none that could not be made', () => {
    const both = new Stack(bareApp(), 'Data');
    expect(() => new AthenaSessionReaper(both, 'A', { config: { idleMinutes: 0 } })).toThrow('idleMinutes');

    expect(() => new AthenaSessionReaper(both, 'B', { config: HUB })).not.toThrow();
  });
});
