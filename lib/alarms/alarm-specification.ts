import type { ComparisonOperator, IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';

/** An alarm as it differs from the others; {@link Alarms} adds the name, the runbook and where it is sent. */
export interface AlarmSpecification {
  /** Anchor of the runbook's section, and the end of the alarm's name. */
  readonly section: string;
  /** What is wrong while the alarm is on, in a sentence. */
  readonly meaning: string;
  readonly metric: IMetric;
  readonly threshold: number;
  readonly evaluationPeriods: number;
  /** @default all evaluation periods */
  readonly datapointsToAlarm?: number;
  /** @default GREATER_THAN_OR_EQUAL_TO_THRESHOLD */
  readonly comparisonOperator?: ComparisonOperator;
  /** @default NOT_BREACHING */
  readonly treatMissingData?: TreatMissingData;
}
