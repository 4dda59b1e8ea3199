import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { DeadLetters } from '../function/dead-letters.js';

export interface GivenUpRuleProps {
  readonly stateMachine: IStateMachine;
  readonly sweep: IFunction;
  readonly deadLetters: DeadLetters;
}

/**
 * Has the function report what an execution did that cannot say so itself, because somebody stopped it or it lasted too
 * long. One that fails has made its sum before, or has swept nothing.
 */
export class GivenUpRule extends Construct {
  constructor(scope: Construct, id: string, { stateMachine, sweep, deadLetters }: GivenUpRuleProps) {
    super(scope, id);
    const rule = new Rule(this, 'Rule', {
      description: 'A sweep of the organization was stopped, or lasted too long',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: { status: ['ABORTED', 'TIMED_OUT'], stateMachineArn: [stateMachine.stateMachineArn] },
      },
    });
    const input = RuleTargetInput.fromObject({
      givenUp: {
        status: EventField.fromPath('$.detail.status'),
        startedAt: EventField.fromPath('$.detail.startDate'),
        stoppedAt: EventField.fromPath('$.detail.stopDate'),
      },
    });
    sweep.addPermission('ForGivenUp', {
      principal: new ServicePrincipal('events.amazonaws.com'),
      sourceArn: rule.ruleArn,
    });
    deadLetters.allowRule(rule);
    const deadLetterConfig = { arn: deadLetters.queue.queueArn };
    // The CDK's own targets would bring the constructs of a dozen services along.
    rule.addTarget({ bind: () => ({ arn: sweep.functionArn, input, deadLetterConfig }) });
  }
}
