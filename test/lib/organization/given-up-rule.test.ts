import { expect, test } from 'vitest';
import { organizationRequest } from '../../../lambda/organization/organization-event.js';
import { readReaperConfig, toReaperSettings } from '../../../lib/config/config.js';
import { withValues } from '../../../local/template/intrinsics.js';
import { matchesPattern } from '../../support/event-bridge.js';
import { HUB } from '../../support/organization/templates.js';
import { synthesized } from '../../support/synthesis.js';

const template = synthesized(HUB);
/** What a reference to the state machine stands for here, as its ARN does once it is deployed. */
const [ARN] = Object.keys(template.findResources('AWS::StepFunctions::StateMachine'));
const [rule] = Object.values(template.findResources('AWS::Events::Rule'))
  .map(({ Properties }) => Object(withValues(Properties)))
  .filter(({ EventPattern }) => EventPattern.source.includes('aws.states'));

/** As Step Functions documents it; the dates are milliseconds since the epoch. */
const change = (detail: object) => ({
  ...{ source: 'aws.states', 'detail-type': 'Step Functions Execution Status Change' },
  detail: {
    stateMachineArn: ARN,
    status: 'ABORTED',
    startDate: 1_772_445_600_123,
    stopDate: 1_772_445_700_456,
    ...detail,
  },
});

test('an execution that was stopped or lasted too long is reported, and no other change of any', () => {
  const reported = (detail: object) => matchesPattern(rule.EventPattern, change(detail));
  expect(['ABORTED', 'TIMED_OUT'].map((status) => reported({ status }))).toEqual([true, true]);
  expect(['RUNNING', 'SUCCEEDED', 'FAILED'].some((status) => reported({ status }))).toBe(false);
  expect(reported({ stateMachineArn: `${ARN}-2` })).toBe(false);
});

test('the function understands what the rule makes of the change', () => {
  const [{ InputTransformer, DeadLetterConfig } = expect.fail('no target')] = rule.Targets;
  const values = Object.entries<string>(InputTransformer.InputPathsMap).map(([name, path]) => {
    const value = path
      .split('.')
      .slice(1)
      .reduce((at, key) => Object(at)[key], change({}));
    return [name, JSON.stringify(value)] as const;
  });
  // A variable without quotes around it stands for its value in JSON.
  const input = values.reduce(
    (text, [name, json]) => text.replace(`<${name}>`, json),
    InputTransformer.InputTemplate,
  );
  expect(organizationRequest(toReaperSettings(readReaperConfig(HUB)), JSON.parse(input))).toMatchObject({
    kind: 'given-up',
    givenUp: { status: 'ABORTED', startedAt: 1_772_445_600_123, stoppedAt: 1_772_445_700_456 },
  });
  expect(DeadLetterConfig.Arn).toBeDefined();
});

test('a deployment for a single account has no such rule', () => {
  const rules = Object.values(synthesized().findResources('AWS::Events::Rule'));
  expect(JSON.stringify(rules)).not.toContain('aws.states');
});
