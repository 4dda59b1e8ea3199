import {
  Alarm,
  AlarmRule,
  AlarmState,
  ComparisonOperator,
  CompositeAlarm,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { AlarmSpecification } from './alarm-specification.js';
import { runbookSection } from './runbook-links.js';

export interface AlarmsProps {
  readonly specifications: readonly AlarmSpecification[];
  /** What the names of the alarms begin with. */
  readonly deployment: string;
  readonly runbookUrl: string | null;
  readonly topic: ITopic;
}

/** What can be wrong with the reaper: an alarm and a section of the runbook for each. */
export class Alarms extends Construct {
  /** By their sections of the runbook. */
  readonly bySection: Readonly<Record<string, Alarm>>;
  /** In alarm while any of them is. */
  readonly unhealthy: CompositeAlarm;

  constructor(scope: Construct, id: string, { specifications, deployment, runbookUrl, topic }: AlarmsProps) {
    super(scope, id);
    const action = new SnsAction(topic);
    this.bySection = Object.fromEntries(
      specifications.map(({ section, meaning, ...specification }) => [
        section,
        new Alarm(this, section, {
          alarmName: `${deployment}-${section}`,
          alarmDescription: `${meaning} What to do: ${runbookSection(runbookUrl, section)}`,
          comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
          treatMissingData: TreatMissingData.NOT_BREACHING,
          ...specification,
        }),
      ]),
    );
    const alarms = Object.values(this.bySection);
    this.unhealthy = new CompositeAlarm(this, NOT_HEALTHY, {
      compositeAlarmName: `${deployment}-${NOT_HEALTHY}`,
      alarmDescription: `At least one alarm of the reaper is on. What to do: ${runbookSection(runbookUrl, NOT_HEALTHY)}`,
      alarmRule: AlarmRule.anyOf(...alarms.map((alarm) => AlarmRule.fromAlarm(alarm, AlarmState.ALARM))),
    });
    // Each problem is mailed with its own runbook section; that all is well again is mailed once, by the whole.
    for (const alarm of alarms) alarm.addAlarmAction(action);
    this.unhealthy.addAlarmAction(action);
    this.unhealthy.addOkAction(action);
  }
}

const NOT_HEALTHY = 'not-healthy';
