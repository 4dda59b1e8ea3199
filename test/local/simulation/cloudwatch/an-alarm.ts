/** A metric, and an alarm on it: two minutes in a row of at least 1. */
export const METRIC = { namespace: 'N', name: 'M', dimensions: { service: 's' } };

/** Properties of an alarm on it in a template. */
export const PROPERTIES = {
  AlarmName: 'it',
  Namespace: 'N',
  MetricName: 'M',
  Dimensions: [{ Name: 'service', Value: 's' }],
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 2,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
};
