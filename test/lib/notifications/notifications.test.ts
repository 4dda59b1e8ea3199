import { Match } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Counts, SweepReport } from '../../../lambda/contract/report.js';
import { DEFAULT_SETTINGS } from '../../../lambda/contract/settings.js';
import { textOptions, textsOf } from '../../../lambda/reporting/texts.js';
import { withValues } from '../../../local/template/intrinsics.js';
import { populatedAccount } from '../../support/account.js';
import { CONFIGURATIONS } from '../../support/configurations.js';
import { invocationResult, matchesPattern, transformed } from '../../support/event-bridge.js';
import { listed, statementsOf } from '../../support/iam.js';
import { realSweep } from '../../support/real-sweep.js';
import { synthesized } from '../../support/synthesis.js';

const FUNCTION_ARN = 'ReaperSweepFunction83B74321.Arn';

interface RuleProperties {
  readonly EventPattern: unknown;
  readonly Targets: readonly {
    readonly InputTransformer: {
      readonly InputPathsMap: Record<string, string>;
      readonly InputTemplate: string;
    };
  }[];
}

function digestRule(): RuleProperties {
  const [rule] = Object.values(synthesized().findResources('AWS::Events::Rule'));
  const functionId = Object.keys(synthesized().findResources('AWS::Lambda::Function'))[0];
  const named = JSON.stringify(withValues(rule?.Properties)).replaceAll(`${functionId}.Arn`, FUNCTION_ARN);
  return JSON.parse(named);
}

let report: SweepReport;
beforeAll(async () => {
  report = (await realSweep(synthesized().toJSON(), populatedAccount)).report;
});

describe('the digest', () => {
  const quiet = (): SweepReport => ({ ...report, counts: zero(report.counts), sessions: [] });
  const isMailed = (changed: SweepReport, functionArn = FUNCTION_ARN) =>
    matchesPattern(digestRule().EventPattern, invocationResult(changed, functionArn));

  test('is sent for the report of a real sweep that ended sessions', () => {
    expect(report.counts.terminated).toBeGreaterThan(0);
    expect(isMailed(report)).toBe(true);
  });

  test('is sent when a session is news', () => {
    expect(isMailed({ ...quiet(), counts: { ...quiet().counts, news: 1 } })).toBe(true);
  });

  test.each([
    'listed',
    'kept',
    'failed',
    'accepted',
    'unknown',
    'spared',
    'wouldTerminate',
    'alreadyInactive',
    'deferred',
  ] as const)('is not sent when sessions were only %s', (count) => {
    expect(isMailed({ ...quiet(), counts: { ...quiet().counts, [count]: 1 } })).toBe(false);
  });

  test('is not sent for the report of another function, even one whose name begins the same', () => {
    expect(isMailed(report, `${FUNCTION_ARN}2`)).toBe(false);
  });

  const mailed = (changed: SweepReport) => {
    const [target] = digestRule().Targets;
    const text = target && transformed(target.InputTransformer, invocationResult(changed, FUNCTION_ARN));
    return (text ?? '').split('\n');
  };

  test('reads like this', () => {
    const lines = mailed(report);

    expect(lines[0]).toBe('"Athena session reaper AthenaSessionReaper, account 111122223333, eu-west-1."');
    expect(lines[1]).toMatch(/^"Log: aws logs tail /);
    expect(lines[2]).toMatch(/^"Dashboard: https:/);
    expect(lines.slice(3, 3 + report.digest.length)).toEqual(report.digest.map((line) => `"${line}"`));
    expect(new Set(lines.slice(3 + report.digest.length))).toEqual(new Set(['""']));
    expect(lines[3]).toMatch(
      /^"The sweep of .* ended \d+ sessions; 1 could not be looked at or ended; 1 spared at the last look\."$/,
    );
    expect(lines.join('\n')).toMatch(
      /Ended: session \S+ of workgroup team-a in eu-west-1, .* aws athena tag-resource /,
    );
    expect(lines.join('\n')).not.toMatch(/<[\w-]+>/);
  });

  test('has text in quotes only, whatever Athena says, and each line of it can be read', () => {
    const nasty = `he said "no"\n\\ \u202e<aws.events.event> \u0000 {"a": [1]}`;
    const sessions = report.sessions.map((record) => ({ ...record, workGroup: nasty, error: nasty }));
    const changed = { ...report, sessions };

    const texts = textsOf(changed, sessions, textOptions(DEFAULT_SETTINGS));
    for (const line of mailed({ ...changed, ...texts })) {
      expect(JSON.parse(line)).toEqual(expect.any(String));
    }
  });

  test('uses no more variables and characters than EventBridge allows', () => {
    const [{ InputTransformer } = expect.fail('no target')] = digestRule().Targets;

    expect(Object.keys(InputTransformer.InputPathsMap).length).toBeLessThanOrEqual(100);
    expect(InputTransformer.InputTemplate.length).toBeLessThanOrEqual(8_192);
  });
});

describe('a chat', () => {
  const template = () => synthesized(CONFIGURATIONS['a chat']);
  const topics = () => template().findResources('AWS::SNS::Topic');
  const chatTopic = () => Object.keys(topics()).find((id) => id.includes('ChatTopic')) ?? '';

  test('gets the message as the function made it, on a topic of its own and in the same rule', () => {
    expect(Object.keys(topics())).toHaveLength(2);
    template().resourceCountIs('AWS::Events::Rule', 1);
    template().hasResourceProperties('AWS::Events::Rule', {
      Targets: Match.arrayWith([
        Match.objectLike({
          Arn: { Ref: chatTopic() },
          InputPath: '$.detail.responsePayload.chat',
          DeadLetterConfig: Match.anyValue(),
        }),
      ]),
    });
  });

  test('is written to by the role of the digests alone, over TLS', () => {
    template().hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ],
      },
      Topics: [{ Ref: chatTopic() }],
    });
    const may = statementsOf(template().toJSON(), (role) => role.includes('NotificationsRole'));
    const publishing = may.find(({ Action }) => listed(Action).includes('sns:Publish'));
    expect(listed(publishing?.Resource ?? [])).toHaveLength(2);
    const sweep = statementsOf(template().toJSON(), (role) => role.includes('SweepRole'));
    expect(sweep.flatMap(({ Action }) => listed(Action))).not.toContain('sns:Publish');
  });

  test('is encrypted as the other topic is', () => {
    const config = { notify: { chat: true }, ...CONFIGURATIONS['a KMS key'] };
    synthesized(config).allResourcesProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
  });

  test('is told nothing, and has no topic, where none is wanted', () => {
    synthesized().resourceCountIs('AWS::SNS::Topic', 1);
    expect(report).not.toHaveProperty('chat');
  });

  test('gets what the real function returns for its configuration', async () => {
    const { chat } = (await realSweep(template().toJSON(), populatedAccount)).report;
    expect(chat).toMatchObject({ version: '1.0', source: 'custom' });
    expect(chat?.content.description).toContain('Ended: session ');
  });

  test('has its topic named in an output', () => {
    template().hasOutput('ChatTopic', { Value: { Ref: chatTopic() } });
  });
});

describe('the topic', () => {
  test('takes messages only over TLS, and from alarms of this deployment', () => {
    synthesized().hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          Match.objectLike({ Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' } }),
        ],
      },
    });
  });

  test('has the addresses that are configured', () => {
    const template = synthesized(CONFIGURATIONS['e-mail addresses']);

    for (const Endpoint of CONFIGURATIONS['e-mail addresses'].notify.emails) {
      template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint });
    }
  });

  test('is the given one where there is one', () => {
    const { topicArn } = CONFIGURATIONS['a topic of its own'].notify;
    const template = synthesized(CONFIGURATIONS['a topic of its own']);

    template.resourceCountIs('AWS::SNS::Topic', 0);
    template.allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: [topicArn] });
    template.hasResourceProperties('AWS::Events::Rule', { Targets: [Match.objectLike({ Arn: topicArn })] });
  });
});

function zero(counts: Counts): Counts {
  const zeros: Record<string, number> = Object.fromEntries(Object.keys(counts).map((name) => [name, 0]));
  return { ...counts, ...zeros };
}
