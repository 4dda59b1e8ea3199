/**
 * The state of an alarm by the data points of its evaluation range, as the guide of CloudWatch documents it under
 * "Configuring how CloudWatch alarms treat missing data", with two tables of examples, which the tests repeat:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */

/**
 * How many more data points than its evaluation periods an alarm retrieves. In the guide's examples an alarm of three
 * evaluation periods has an evaluation range of five. It says that "the exact number of data points it attempts to
 * retrieve depends on the length of the alarm period and whether it is based on a metric with standard resolution or
 * high resolution", and promises none.
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
  let [existing, breaching, oldest] = [0, 0, 0];
  for (let ago = 1; ago <= range.length && existing < evaluationPeriods; ago += 1) {
    const point = range[range.length - ago];
    if (point === undefined) continue;
    existing += 1;
    if (point === 'breaching') breaching += 1;
    oldest = ago;
  }
  const filled = evaluationPeriods - existing;
  const asBreaching = treatMissingData === 'breaching' ? breaching + filled : breaching;
  if (asBreaching >= datapointsToAlarm) return 'ALARM';
  const decided =
    filled === 0 ||
    breaching < existing ||
    treatMissingData === 'breaching' ||
    treatMissingData === 'notBreaching';
  if (decided) return 'OK';
  if (treatMissingData === 'ignore') return undefined;
  if (existing === 0) return 'INSUFFICIENT_DATA';
  // All that is there breaches. The next point may be fine, so the alarm waits for as long as it needs points.
  return oldest >= datapointsToAlarm ? 'ALARM' : undefined;
}
