/** A reaper that is deployed: what AWS answers of the real template's resources, over HTTP. */
import { onTestFinished } from 'vitest';
import { LOG_MESSAGES, SETTINGS_VARIABLE } from '../../lambda/contract/telemetry.js';
import type { ReaperConfigInput } from '../../lib/config/config.js';
import { REGION } from './athena.js';
import type { Request } from './iam.js';
import { type LoopbackAnswer, type LoopbackRequest, serveLoopback } from './loopback.js';
import { synthesized } from './synthesis.js';

export const STACK = 'AthenaSessionReaper';
const ACCOUNT_ID = '111122223333';

export interface DeployedAccount {
  readonly config?: ReaperConfigInput;
  /** Instead of what the template has. */
  readonly settingsJson?: string;
  readonly scheduleState?: 'ENABLED' | 'DISABLED';
  /** Summary lines with the minutes since each sweep. */
  readonly sweeps?: readonly {
    readonly minutesAgo: number;
    readonly complete?: boolean;
    readonly terminated?: number;
    /** Other counts. @default 0 */
    readonly counts?: Readonly<Record<string, number>>;
    readonly givenUp?: 'stopped' | 'timed-out';
  }[];
  /** Lines on sessions, with the minutes since each was written. */
  readonly records?: readonly {
    readonly minutesAgo: number;
    readonly sessionId: string;
    readonly outcome: string;
    readonly error?: string;
  }[];
  /** Ends of the names of alarms that are on. */
  readonly alarmsOn?: readonly string[];
  readonly deadLetters?: number;
  /** Sums of days, by metric. */
  readonly metrics?: Readonly<Record<string, readonly number[]>>;
  /** Actions that are denied, e.g. `logs:FilterLogEvents`. */
  readonly denied?: readonly string[];
}

export interface ServedDeployment {
  readonly url: string;
  /** What IAM was asked. */
  readonly requests: readonly Request[];
}

interface Resource {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
}

/** Serves CloudFormation, Lambda, Scheduler, Logs, CloudWatch, SQS and STS until the test ends. */
export async function deployedAccount(account: DeployedAccount = {}): Promise<ServedDeployment> {
  const requests: Request[] = [];
  const resources = resourcesOf(account.config);
  const { url, close } = await serveLoopback(async (request) => {
    const { action, resource, answer } = answered(request, account, resources);
    requests.push({ action, resource, context: { 'aws:RequestedRegion': REGION } });
    return account.denied?.includes(action) ? denied(request, action) : answer();
  });
  onTestFinished(close);
  return { url, requests };
}

interface Answered {
  readonly action: string;
  readonly resource: string;
  readonly answer: () => LoopbackAnswer;
}

function answered(
  request: LoopbackRequest,
  account: DeployedAccount,
  resources: readonly Resource[],
): Answered {
  const target =
    String(request.headers['x-amz-target'] ?? '')
      .split('.')
      .at(-1) ?? '';
  const arn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT_ID}:${resource}`;
  if (request.path.startsWith('/2015-03-31/functions/')) {
    const name = request.path.split('/')[3] ?? '';
    return asked('lambda:GetFunctionConfiguration', arn('lambda', `function:${name}`), () =>
      json(functionConfiguration(name, account)),
    );
  }
  if (request.path.startsWith('/schedules/')) {
    const name = request.path.split('/')[2] ?? '';
    return asked('scheduler:GetSchedule', arn('scheduler', `schedule/default/${name}`), () =>
      json(schedule(name, account, resources)),
    );
  }
  if (target === '') return answeredQuery(new URLSearchParams(request.body), resources);
  const input = JSON.parse(request.body);
  const on: Readonly<Record<string, () => Answered>> = {
    FilterLogEvents: () =>
      asked('logs:FilterLogEvents', arn('logs', `log-group:${input.logGroupName}`), () =>
        json(logEvents(account, input)),
      ),
    DescribeAlarms: () =>
      asked('cloudwatch:DescribeAlarms', arn('cloudwatch', 'alarm:*'), () =>
        json(alarms(input.AlarmNames, account)),
      ),
    GetMetricStatistics: () =>
      asked('cloudwatch:GetMetricStatistics', '*', () => json(statistics(input, account))),
    GetQueueAttributes: () =>
      asked('sqs:GetQueueAttributes', arn('sqs', String(input.QueueUrl).split('/').at(-1) ?? ''), () =>
        json({ Attributes: { ApproximateNumberOfMessages: String(account.deadLetters ?? 0) } }),
      ),
  };
  const known = on[target];
  if (known === undefined) throw new TypeError(`Nobody answers ${target}`);
  return known();
}

function asked(action: string, resource: string, answer: () => LoopbackAnswer): Answered {
  return { action, resource, answer };
}

/** CloudFormation and STS speak XML. */
function answeredQuery(call: URLSearchParams, resources: readonly Resource[]): Answered {
  const action = call.get('Action') ?? '';
  if (action === 'GetCallerIdentity') {
    const arn = `arn:aws:iam::${ACCOUNT_ID}:user/me`;
    return asked('sts:GetCallerIdentity', '*', () =>
      xml(action, `<Account>${ACCOUNT_ID}</Account><Arn>${arn}</Arn>`),
    );
  }
  const name = call.get('StackName') ?? '';
  const arn = `arn:aws:cloudformation:${REGION}:${ACCOUNT_ID}:stack/${name}/1`;
  return asked(`cloudformation:${action}`, arn, () => {
    if (name !== STACK) return xmlError('ValidationError', `Stack with id ${name} does not exist`);
    if (action === 'DescribeStacks')
      return xml(
        action,
        `<Stacks><member><StackName>${name}</StackName><StackStatus>UPDATE_COMPLETE</StackStatus><CreationTime>2026-01-01T00:00:00Z</CreationTime></member></Stacks>`,
      );
    const members = resources.map(
      ({ logicalId, type, physicalId }) =>
        `<member><LogicalResourceId>${logicalId}</LogicalResourceId><PhysicalResourceId>${physicalId}</PhysicalResourceId>` +
        `<ResourceType>${type}</ResourceType><ResourceStatus>CREATE_COMPLETE</ResourceStatus><Timestamp>2026-01-01T00:00:00Z</Timestamp></member>`,
    );
    return xml(action, `<StackResources>${members.join('')}</StackResources>`);
  });
}

/** Each resource of the template, with a name as CloudFormation makes them. */
function resourcesOf(config: ReaperConfigInput | undefined): readonly Resource[] {
  const template: { Resources?: Readonly<Record<string, TemplateResource>> } = synthesized(config).toJSON();
  return Object.entries(template.Resources ?? {}).map(([logicalId, { Type: type, Properties = {} }]) => {
    const made = `${STACK}-${logicalId}-ABCDEFGHIJKL`;
    const own = typeof Properties.AlarmName === 'string' ? Properties.AlarmName : made;
    const isQueue = type === 'AWS::SQS::Queue';
    return { logicalId, type, physicalId: isQueue ? `https://sqs.invalid/${ACCOUNT_ID}/${made}` : own };
  });
}

interface TemplateResource {
  readonly Type: string;
  readonly Properties?: {
    readonly AlarmName?: unknown;
    readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
  };
}

function functionConfiguration(physicalId: string, { config, settingsJson }: DeployedAccount) {
  const template: { Resources?: Readonly<Record<string, TemplateResource>> } = synthesized(config).toJSON();
  const [, logicalId = ''] = physicalId.split('-');
  const variables = template.Resources?.[logicalId]?.Properties?.Environment?.Variables ?? {};
  return {
    FunctionName: physicalId,
    FunctionArn: `arn:aws:lambda:${REGION}:${ACCOUNT_ID}:function:${physicalId}`,
    Environment: {
      Variables: { ...variables, ...(settingsJson !== undefined && { [SETTINGS_VARIABLE]: settingsJson }) },
    },
    LoggingConfig: { LogGroup: `${STACK}-Log` },
  };
}

function schedule(
  name: string,
  { scheduleState = 'ENABLED' }: DeployedAccount,
  resources: readonly Resource[],
) {
  const queue = resources.find(({ type }) => type === 'AWS::SQS::Queue');
  const queueName = queue?.physicalId.split('/').at(-1);
  return {
    Name: name,
    ScheduleExpression: 'rate(5 minutes)',
    ScheduleExpressionTimezone: 'UTC',
    State: scheduleState,
    Target: { DeadLetterConfig: { Arn: `arn:aws:sqs:${REGION}:${ACCOUNT_ID}:${queueName}` } },
  };
}

interface LogQuery {
  readonly startTime: number;
  readonly endTime?: number;
  readonly filterPattern: string;
}

function logEvents(account: DeployedAccount, { startTime, endTime = Infinity, filterPattern }: LogQuery) {
  const text = filterPattern.slice(1, -1);
  const events = [...sweepEvents(account), ...recordEvents(account)].filter(
    ({ timestamp, message }) => timestamp >= startTime && timestamp <= endTime && message.includes(text),
  );
  return { events };
}

function recordEvents({ records = [] }: DeployedAccount) {
  return records.map(({ minutesAgo, ...record }) => {
    const line = {
      message: LOG_MESSAGES.session,
      reason: 'idle past its limit',
      minutes: 48.2,
      limitMinutes: 30,
      rule: 'default',
      ...record,
    };
    return { timestamp: Date.now() - minutesAgo * 60_000, message: JSON.stringify(line) };
  });
}

const NO_TROUBLE = { failed: 0, deferred: 0, notListed: 0, waiting: 0 };

function sweepEvents({ sweeps = [{ minutesAgo: 2 }] }: DeployedAccount) {
  return sweeps.map(({ minutesAgo, complete = true, terminated = 0, counts = {}, givenUp }) => {
    // A little more: the command read its own clock before it asked.
    const timestamp = Date.now() - minutesAgo * 60_000 - 5_000;
    const line = {
      message: LOG_MESSAGES.sweep,
      mode: 'terminate',
      startedAt: new Date(timestamp).toISOString(),
      durationMs: 900,
      complete,
      counts: { ...NO_TROUBLE, listed: 7, due: terminated, terminated, ...counts },
      ...(givenUp && { givenUp }),
    };
    return { timestamp, message: JSON.stringify(line) };
  });
}

function alarms(names: readonly string[], { alarmsOn = [] }: DeployedAccount) {
  const states = names.map((AlarmName) => ({
    AlarmName,
    StateValue: alarmsOn.some((end) => AlarmName.endsWith(end)) ? 'ALARM' : 'OK',
  }));
  return { MetricAlarms: states, CompositeAlarms: [] };
}

function statistics({ MetricName }: { readonly MetricName: string }, { metrics = {} }: DeployedAccount) {
  return { Label: MetricName, Datapoints: (metrics[MetricName] ?? []).map((Sum) => ({ Sum })) };
}

function json(body: object): LoopbackAnswer {
  return { headers: { 'Content-Type': 'application/x-amz-json-1.1' }, body: JSON.stringify(body) };
}

function xml(action: string, content: string): LoopbackAnswer {
  const body = `<${action}Response xmlns="https://aws.invalid/"><${action}Result>${content}</${action}Result></${action}Response>`;
  return { headers: { 'Content-Type': 'text/xml' }, body };
}

function xmlError(code: string, message: string): LoopbackAnswer {
  const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
  return { status: 400, headers: { 'Content-Type': 'text/xml' }, body };
}

function denied({ headers }: LoopbackRequest, action: string): LoopbackAnswer {
  const message = `User: me is not authorized to perform: ${action}`;
  if (String(headers['content-type']).includes('urlencoded')) return xmlError('AccessDenied', message);
  const body = JSON.stringify({ __type: 'AccessDeniedException', message });
  const type = { 'Content-Type': 'application/x-amz-json-1.1', 'x-amzn-errortype': 'AccessDeniedException' };
  return { status: 400, headers: type, body };
}
