import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

export interface GivenUpRuleProps {
  readonly stateMachine: IStateMachine;
  readonly sweep: IFunction;
  readonly deadLetterQueue: IQueue;
}

/**
 * Has the function report what an execution did that cannot say so itself, because somebody stopped it or it lasted too
 * long. One that fails has made its sum before, or has swept nothing.
 */
export class GivenUpRule extends Construct {
  constructor(scope: Construct, id: string, { stateMachine, sweep, deadLetterQueue }: GivenUpRuleProps) {
    super(scope, id);
    const rule = new Rule(this, 'Rule', {
      description: 'A sweep of the organization was stopped, or lasted too long',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: { status: ['ABORTED', 'TIMED_OUT'], stateMachineArn: [stateMachine.stateMachineArn] },
      },
    });
    const event = RuleTargetInput.fromObject({
      givenUp: {
        status: EventField.fromPath('$.detail.status'),
        startedAt: EventField.fromPath('$.detail.startDate'),
        stoppedAt: EventField.fromPath('$.detail.stopDate'),
      },
    });
    rule.addTarget(new LambdaFunction(sweep, { event, deadLetterQueue }));
  }
}
