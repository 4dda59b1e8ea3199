/** What each command may have to call, and from that the least policy for whoever runs it. */
import { partition } from '@aws-sdk/core/client';

export const POLICY_COMMANDS = [
  'scan',
  'reap',
  'explain',
  'exempt',
  'extend',
  'exemptions',
  'verify',
  'status',
] as const;
export type PolicyCommand = (typeof POLICY_COMMANDS)[number];

/** What the policy is for; a `*` where nothing is said. */
export interface PolicyScope {
  readonly regions: readonly string[];
  /** Names of workgroups, with wildcards. */
  readonly workgroups: readonly string[];
  readonly account: string;
  /** For `status`, and for `--deployed`. */
  readonly stack: string;
}

/** Options of the command that need more than the command itself. */
export interface PolicyExtras {
  readonly deployed?: true;
  /** Of `scan`. */
  readonly dpus?: true;
}

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: { readonly StringEquals: { readonly 'aws:RequestedRegion': readonly string[] } };
}

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

/** Commands that have the option `--deployed`. */
export const DEPLOYED_COMMANDS: readonly PolicyCommand[] = [
  'scan',
  'reap',
  'explain',
  'exempt',
  'extend',
  'exemptions',
];

/** The policy, ready to be attached. GetCallerIdentity needs no permission. */
export function policyFor(
  command: PolicyCommand,
  scope: PolicyScope,
  { deployed, dpus }: PolicyExtras = {},
): PolicyDocument {
  const calls = [
    ...CALLS[command],
    ...(dpus ? [EXECUTORS] : []),
    ...(deployed ? DEPLOYED : []),
    ...(deployed && command === 'explain' ? [LOG] : []),
  ];
  return { Version: '2012-10-17', Statement: calls.map((call) => statementOf(call, scope)) };
}

/** Actions that need the same resources. */
interface Calls {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly on: Resource;
}

/** For ListWorkGroups and for metrics AWS knows no resource. */
type Resource =
  | 'everything'
  | 'workgroups'
  | 'workgroups and sessions'
  | 'sessions'
  | 'every workgroup'
  | 'stack'
  | 'function'
  | 'schedule'
  | 'log group'
  | 'alarms'
  | 'queue';

const FIND: Calls = { sid: 'FindWorkgroups', actions: ['athena:ListWorkGroups'], on: 'everything' };
const LIST: Calls = { sid: 'ListSessions', actions: ['athena:ListSessions'], on: 'workgroups' };
const LOOK = ['athena:GetSession', 'athena:ListTagsForResource'];
const READ_TAGS = ['athena:ListTagsForResource'];
/** The beginning of an id is looked for in a listing; with whole ids these two are not needed. */
const SHORT_IDS: readonly Calls[] = [
  { ...FIND, sid: 'FindWorkgroupsForShortIds' },
  { ...LIST, sid: 'ListSessionsForShortIds' },
];

/** AWS knows no resource for ListExecutors. */
const EXECUTORS: Calls = { sid: 'ListExecutors', actions: ['athena:ListExecutors'], on: 'everything' };
const DEPLOYED: readonly Calls[] = [
  {
    sid: 'ReadStack',
    actions: ['cloudformation:DescribeStacks', 'cloudformation:DescribeStackResources'],
    on: 'stack',
  },
  { sid: 'ReadSettings', actions: ['lambda:GetFunctionConfiguration'], on: 'function' },
];
const LOG: Calls = { sid: 'ReadLog', actions: ['logs:FilterLogEvents'], on: 'log group' };

const CALLS: Readonly<Record<PolicyCommand, readonly Calls[]>> = {
  scan: [FIND, LIST, { sid: 'LookAtSessions', actions: LOOK, on: 'workgroups and sessions' }],
  reap: [
    FIND,
    LIST,
    {
      sid: 'LookAtAndEndSessions',
      actions: [...LOOK, 'athena:TerminateSession'],
      on: 'workgroups and sessions',
    },
  ],
  explain: [...SHORT_IDS, { sid: 'LookAtSessions', actions: LOOK, on: 'workgroups and sessions' }],
  exempt: [
    ...SHORT_IDS,
    {
      sid: 'ChangeExemptions',
      actions: [...LOOK, 'athena:TagResource', 'athena:UntagResource'],
      on: 'workgroups and sessions',
    },
  ],
  extend: [
    ...SHORT_IDS,
    { sid: 'LookAtSessions', actions: LOOK, on: 'workgroups and sessions' },
    { sid: 'ExtendExemptions', actions: ['athena:TagResource'], on: 'sessions' },
  ],
  exemptions: [FIND, LIST, { sid: 'ReadTags', actions: READ_TAGS, on: 'workgroups and sessions' }],
  verify: [
    FIND,
    // A SQL workgroup too, to see what Athena says there.
    { ...LIST, on: 'every workgroup' },
    {
      sid: 'RunOneSession',
      actions: [
        'athena:StartSession',
        // IAM asks for it where StartSession brings tags.
        'athena:TagResource',
        'athena:GetSessionStatus',
        'athena:StartCalculationExecution',
        ...LOOK,
        'athena:TerminateSession',
      ],
      on: 'workgroups and sessions',
    },
    // Only where a Deny by the session's exempt tag is in the way of its end.
    { sid: 'UntagOwnSession', actions: ['athena:UntagResource'], on: 'sessions' },
  ],
  status: [
    ...DEPLOYED,
    { sid: 'ReadSchedule', actions: ['scheduler:GetSchedule'], on: 'schedule' },
    LOG,
    { sid: 'ReadAlarms', actions: ['cloudwatch:DescribeAlarms'], on: 'alarms' },
    { sid: 'CountDeadLetters', actions: ['sqs:GetQueueAttributes'], on: 'queue' },
    { sid: 'ReadMetrics', actions: ['cloudwatch:GetMetricStatistics'], on: 'everything' },
  ],
};

function statementOf({ sid, actions, on }: Calls, scope: PolicyScope): PolicyStatement {
  const base = { Sid: sid, Effect: 'Allow', Action: actions } as const;
  if (on !== 'everything') return { ...base, Resource: arnsOf(on, scope) };
  return scope.regions.length === 0
    ? { ...base, Resource: ['*'] }
    : { ...base, Resource: ['*'], Condition: { StringEquals: { 'aws:RequestedRegion': scope.regions } } };
}

function arnsOf(on: Exclude<Resource, 'everything'>, scope: PolicyScope): readonly string[] {
  const regions = scope.regions.length > 0 ? scope.regions : ['*'];
  return regions.flatMap((region) => {
    const arn = (service: string, resource: string) =>
      `arn:${partitionOf(region)}:${service}:${region}:${scope.account}:${resource}`;
    const workgroups = scope.workgroups.map((glob) => arn('athena', `workgroup/${glob}`));
    // CloudFormation shortens the stack's name in those that it makes.
    const named = `${scope.stack.slice(0, 20)}*`;
    const byResource = {
      workgroups,
      'workgroups and sessions': workgroups.flatMap((name) => [name, `${name}/session/*`]),
      sessions: workgroups.map((name) => `${name}/session/*`),
      'every workgroup': [arn('athena', 'workgroup/*')],
      stack: [arn('cloudformation', `stack/${scope.stack}/*`)],
      function: [arn('lambda', `function:${named}`)],
      schedule: [arn('scheduler', `schedule/*/${named}`)],
      'log group': [arn('logs', `log-group:${named}`)],
      alarms: [arn('cloudwatch', 'alarm:*')],
      queue: [arn('sqs', named)],
    } as const satisfies Record<typeof on, readonly string[]>;
    return byResource[on];
  });
}

function partitionOf(region: string): string {
  return region === '*' ? '*' : partition(region).name;
}
