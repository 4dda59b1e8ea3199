import { describe, expect, test } from 'vitest';
import type { ReaperConfigInput } from '../../../lib/config/config.js';
import { withValues } from '../../../local/template/intrinsics.js';
import { listed } from '../../support/iam.js';
import { ACCOUNT, HUB, hubStatements, LISTED, resource } from '../../support/organization/templates.js';
import { synthesized } from '../../support/synthesis.js';

describe('a deployment for a single account', () => {
  const template = synthesized();
  const text = JSON.stringify(template.toJSON());

  test('has nothing of all this in its template', () => {
    expect(text).not.toMatch(
      /states:|StepFunctions|stepfunctions|sts:AssumeRole"[^}]*Resource|organization/i,
    );
    expect(resource(template, 'AWS::Lambda::Function')).toMatchObject({ Handler: 'index.handler' });
    template.resourceCountIs('AWS::StepFunctions::StateMachine', 0);
  });

  test('has nothing of it in the policy of its function', () => {
    const actions = hubStatements({}, 'SweepRole').flatMap(({ Action }) => listed(Action));
    expect(actions.filter((action) => /^(sts|states|organizations|iam):/.test(action))).toEqual([]);
  });
});

describe('the state machine', () => {
  const ARN = `arn:aws:states:eu-west-1:${ACCOUNT}:stateMachine:AthenaSessionReaper-organization`;

  test('is stopped by one command, with what is running of it', () => {
    const { StopReaper, StartReaper } = Object(withValues(synthesized(HUB).toJSON().Outputs));

    expect(StopReaper.Value).toMatch(
      /^aws scheduler update-schedule .*--state DISABLED .*; for execution in /,
    );
    expect(StopReaper.Value).toContain('aws stepfunctions stop-execution --execution-arn "$execution"');
    expect(StartReaper.Value).toMatch(/^aws scheduler update-schedule .*--state ENABLED [^;]*$/);
  });

  test('is what the schedule starts', () => {
    const schedule = resource(synthesized(HUB), 'AWS::Scheduler::Schedule');
    const [start] = hubStatements(HUB, 'ScheduleRole').filter(({ Sid }) => Sid === 'StartSweep');
    expect(withValues(schedule?.Target.Arn)).toBe(start?.Resource);
    expect(start).toMatchObject({ Action: 'states:StartExecution' });
  });

  test.each([
    ['all accounts', HUB, ['organizations:ListAccounts']],
    ['listed accounts', LISTED, []],
  ] as const)('may do this and no more, with %s', (_name, config, listing) => {
    const own = hubStatements(config, 'OrganizationRole').filter(
      ({ Action }) => !String(Action).includes('logs:'),
    );
    expect(own.flatMap(({ Action }) => listed(Action)).toSorted()).toEqual(
      [
        'lambda:InvokeFunction',
        ...listing,
        'states:DescribeExecution',
        'states:ListExecutions',
        'states:StartExecution',
        'states:StopExecution',
      ].toSorted(),
    );
    expect(own.find(({ Sid }) => Sid === 'StartGroups')?.Resource).toBe(ARN);
  });

  test('trusts its own executions and those of its Distributed Map, and nobody else', () => {
    const roles = Object.values(synthesized(HUB).findResources('AWS::IAM::Role'));
    const trusts = roles.map(({ Properties }) => Object(withValues(Properties.AssumeRolePolicyDocument)));
    const [own] = trusts
      .flatMap(({ Statement }) => Statement)
      .filter(({ Principal }) => Principal.Service === 'states.amazonaws.com');
    expect(own).toMatchObject({
      Action: 'sts:AssumeRole',
      Condition: {
        StringEquals: { 'aws:SourceAccount': ACCOUNT },
        ArnLike: { 'aws:SourceArn': [ARN, `${ARN}/*`] },
      },
    });
  });

  test('has Lambda keep the sum of a sweep for an hour, where it is throttled', () => {
    const age = (config: ReaperConfigInput) =>
      resource(synthesized(config), 'AWS::Lambda::EventInvokeConfig')?.MaximumEventAgeInSeconds;
    expect(age(HUB)).toBe(3_600);
    expect(age({})).toBe(60);
  });

  test('is a Standard one with Express children, which logs errors, and gives up after three intervals', () => {
    const machine = resource(synthesized(HUB), 'AWS::StepFunctions::StateMachine');
    const definition = JSON.parse(String(withValues(machine?.DefinitionString)));
    expect(machine).toMatchObject({ StateMachineType: 'STANDARD', LoggingConfiguration: { Level: 'ERROR' } });
    expect(definition).toMatchObject({
      TimeoutSeconds: 900,
      States: {
        SweepGroups: {
          ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' } },
        },
      },
    });
  });

  test.each(['rate(5 minutes)', 'rate(1 hour)', 'rate(12 hours)'])(
    'with %s three targets in a row fit into an Express execution',
    (schedule) => {
      const { Timeout } = resource(synthesized({ ...HUB, schedule }), 'AWS::Lambda::Function') ?? {};
      expect(3 * Timeout).toBeLessThanOrEqual(300);
    },
  );
});
