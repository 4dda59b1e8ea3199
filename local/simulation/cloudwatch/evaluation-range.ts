/**
 * The state of an alarm by the data points of its evaluation range, as the guide of CloudWatch documents it under
 * "Configuring how CloudWatch alarms treat missing data".
 */

/**
 * How many more data points than its evaluation periods an alarm retrieves. The guide's examples show two; it says
 * that the number depends on the period, and promises none.
 */
export const EXTRA_DATAPOINTS = 2;

/** A data point of a period: whether it breaches the threshold; undefined where the period has no data. */
export type Datapoint = 'breaching' | 'fine' | undefined;

export interface EvaluationSettings {
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: 'breaching' | 'notBreaching' | 'ignore' | 'missing';
}

/**
 * @param range the last data points, {@link EXTRA_DATAPOINTS} more than the evaluation periods; oldest first.
 * @returns undefined where the state stays as it is.
 */
export function stateByRange(
  range: readonly Datapoint[],
  { evaluationPeriods, datapointsToAlarm, treatMissingData }: EvaluationSettings,
): 'ALARM' | 'OK' | 'INSUFFICIENT_DATA' | undefined {
  // As many as are asked for are taken from wherever they are; how missing ones are treated matters for the rest.
  const existing = range.filter((point) => point !== undefined).slice(-evaluationPeriods);
  const breaching = existing.filter((point) => point === 'breaching').length;
  const filled = evaluationPeriods - existing.length;
  const asBreaching = treatMissingData === 'breaching' ? breaching + filled : breaching;
  if (asBreaching >= datapointsToAlarm) return 'ALARM';
  const decided =
    filled === 0 ||
    existing.includes('fine') ||
    treatMissingData === 'breaching' ||
    treatMissingData === 'notBreaching';
  if (decided) return 'OK';
  if (treatMissingData === 'ignore') return undefined;
  return existing.length === 0 ? 'INSUFFICIENT_DATA' : 'ALARM';
}
