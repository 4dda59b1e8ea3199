/**
 * `status` against moto: its CloudFormation, Lambda, Scheduler, Logs, CloudWatch and SQS. `npm run test:status`.
 *
 * moto's CloudFormation has no schedules and no alarms: those here are made beside the stack, and named by the
 * loopback server that stands before moto.
 */
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import {
  CloudWatchClient,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { DIMENSION, LOG_MESSAGES, NAMESPACE } from '../../../lambda/contract/telemetry.js';
import { REGION, servedAthena } from '../../support/athena.js';
import { run, useEnvironment } from '../../support/command-line.js';
import { type Loopback, serveLoopback } from '../../support/loopback.js';
import { type Moto, startMoto } from '../../support/moto.js';
import { synthesized } from '../../support/synthesis.js';

const STACK = 'AthenaSessionReaper';
const ALARM = `${STACK}-sessions-failing`;
const SCHEDULE = `${STACK}-ReaperSchedule`;
const KNOWN_TO_MOTO = ['AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup', 'AWS::SQS::Queue'];

let moto: Moto;
let front: Loopback;
let config: object;

beforeAll(async () => {
  moto = await startMoto();
  front = await serveLoopback((request) => forwarded(request.path, request.headers, request.body));
  config = {
    endpoint: moto.url,
    region: REGION,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    useQueueUrlAsEndpoint: false,
    maxAttempts: 1,
  };
  await new CloudFormationClient(config).send(
    new CreateStackCommand({ StackName: STACK, TemplateBody: JSON.stringify(deployable()) }),
  );
  await createSchedule();
  await sweptTwoMinutesAgo();
});

afterAll(async () => {
  await front.close();
  await moto.close();
});

beforeEach(() => useEnvironment({ AWS_ENDPOINT_URL: front.url }));

test('a deployed reaper is well: its schedule, its last sweep, its week, its settings', async () => {
  const { exitCode, stdout } = await run(['status']);
  expect(stdout).toContain('The reaper is well.');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/Schedule +rate\(5 minutes\) in UTC, enabled/);
  expect(stdout).toMatch(/Last sweep +2 min ago, complete: 9 sessions listed, 4 ended/);
  expect(stdout).toMatch(/This week +6 sessions ended/);
  expect(stdout).toMatch(/Alarms +none of 1 is on/);
  expect(stdout).toMatch(/Settings +as here/);
});

test('it is not well with an alarm on and a dead letter', async () => {
  await new CloudWatchClient(config).send(
    new SetAlarmStateCommand({ AlarmName: ALARM, StateValue: 'ALARM', StateReason: 'test' }),
  );
  await new SQSClient(config).send(
    new SendMessageCommand({ QueueUrl: await nameOf('AWS::SQS::Queue'), MessageBody: '{}' }),
  );
  const { exitCode, stdout } = await run(['status']);
  expect(exitCode).toBe(2);
  expect(stdout).toContain(`alarms are on: ${ALARM}`);
  expect(stdout).toContain('dead letters: 1');
});

test('scan --deployed judges by the settings that the function has', async () => {
  const { url, region } = await servedAthena();
  useEnvironment({ AWS_ENDPOINT_URL: front.url, AWS_ENDPOINT_URL_ATHENA: url });
  region.createWorkgroup({ name: 'etl' });
  region.putSession({ workGroup: 'etl', minutesInState: 45 });
  const { stdout } = await run(['scan', '--deployed', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({
    settingsSource: `deployed in ${STACK}`,
    counts: { due: 1 },
  });
});

/** The template with what moto's CloudFormation knows, and code in place. */
function deployable() {
  const template: { readonly Resources?: Readonly<Record<string, Resource>> } = synthesized().toJSON();
  const known = Object.entries(template.Resources ?? {}).filter(([, { Type }]) =>
    KNOWN_TO_MOTO.includes(Type),
  );
  const changed = known.map(([id, { Type, Properties }]) => [
    id,
    { Type, Properties: { ...Properties, ...INSTEAD[Type] } },
  ]);
  return { Resources: Object.fromEntries(changed) };
}

/** Policies name what is left out here. */
const INSTEAD: Readonly<Record<string, object>> = {
  'AWS::IAM::Role': { Policies: [] },
  'AWS::Lambda::Function': { Code: { ZipFile: ' ' } },
};

interface Resource {
  readonly Type: string;
  readonly Properties: object;
}

/** The name, or the URL, of the only resource of a type. */
async function nameOf(type: string): Promise<string> {
  const { StackResources = [] } = await new CloudFormationClient(config).send(
    new DescribeStackResourcesCommand({ StackName: STACK }),
  );
  return StackResources.find(({ ResourceType }) => ResourceType === type)?.PhysicalResourceId ?? '';
}

async function createSchedule(): Promise<void> {
  const arn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:123456789012:${resource}`;
  const queueName = (await nameOf('AWS::SQS::Queue')).split('/').at(-1) ?? '';
  await new SchedulerClient(config).send(
    new CreateScheduleCommand({
      Name: SCHEDULE,
      ScheduleExpression: 'rate(5 minutes)',
      ScheduleExpressionTimezone: 'UTC',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: arn('lambda', `function:${await nameOf('AWS::Lambda::Function')}`),
        RoleArn: 'arn:aws:iam::123456789012:role/schedule',
        DeadLetterConfig: { Arn: arn('sqs', queueName) },
      },
    }),
  );
}

async function sweptTwoMinutesAgo(): Promise<void> {
  const log = {
    logGroupName: `/aws/lambda/${await nameOf('AWS::Lambda::Function')}`,
    logStreamName: 'sweeps',
  };
  const logs = new CloudWatchLogsClient(config);
  await logs.send(new CreateLogGroupCommand(log));
  await logs.send(new CreateLogStreamCommand(log));
  const timestamp = Date.now() - 121_000;
  const line = {
    message: LOG_MESSAGES.sweep,
    mode: 'terminate',
    startedAt: new Date(timestamp).toISOString(),
    durationMs: 800,
    complete: true,
    counts: { listed: 9, due: 4, terminated: 4, failed: 0, notListed: 0 },
  };
  await logs.send(
    new PutLogEventsCommand({ ...log, logEvents: [{ timestamp, message: JSON.stringify(line) }] }),
  );
  const watch = new CloudWatchClient(config);
  const metric = { MetricName: 'SessionsTerminated', Dimensions: [{ Name: DIMENSION, Value: STACK }] };
  const values = [4, 2].map((Value) => ({ ...metric, Value, Timestamp: new Date(timestamp) }));
  await watch.send(new PutMetricDataCommand({ Namespace: NAMESPACE, MetricData: values }));
  await watch.send(
    new PutMetricAlarmCommand({
      AlarmName: ALARM,
      Namespace: NAMESPACE,
      MetricName: 'SessionsFailed',
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 0,
      EvaluationPeriods: 1,
      Period: 300,
      Statistic: 'Sum',
    }),
  );
}

/** Everything from moto; schedule and alarm are added to the resources of the stack. */
async function forwarded(
  path: string,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: string,
) {
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' && !HOP_BY_HOP.includes(name) ? [[name, value] as const] : [],
  );
  const isRead = body === '' && (path.startsWith('/2015-03-31/') || path.startsWith('/schedules/'));
  const answer = await fetch(`${moto.url}${path}`, {
    method: isRead ? 'GET' : 'POST',
    headers: Object.fromEntries(kept),
    ...(!isRead && { body }),
  });
  const text = await answer.text();
  const type = answer.headers.get('content-type') ?? 'text/plain';
  const beside = `${member('AWS::Scheduler::Schedule', SCHEDULE)}${member('AWS::CloudWatch::Alarm', ALARM)}`;
  return {
    status: answer.status,
    headers: { 'Content-Type': type },
    body: text.replace('</StackResources>', `${beside}</StackResources>`),
  };
}

function member(type: string, name: string): string {
  const ids = `<LogicalResourceId>${name}</LogicalResourceId><PhysicalResourceId>${name}</PhysicalResourceId>`;
  return `<member>${ids}<ResourceType>${type}</ResourceType></member>`;
}

const HOP_BY_HOP: readonly string[] = ['connection', 'content-length', 'expect', 'host', 'transfer-encoding'];
