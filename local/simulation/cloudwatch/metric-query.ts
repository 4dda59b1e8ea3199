/** What CloudWatch lets widgets and alarms ask of metrics: a metric with a statistic, or an expression over others. */
import { computeMetric } from './metric-math.js';
import type { MetricId, MetricStore, Point, TimeRange } from './metric-store.js';

export type MetricQuery = { readonly id?: string | undefined } & (
  | { readonly metric: MetricId; readonly stat: string; readonly periodMs: number }
  | { readonly expression: string }
);

/** The series of one of `queries`, which an expression names by their ids. */
export function seriesOf(
  query: MetricQuery,
  queries: readonly MetricQuery[],
  store: MetricStore,
  range: TimeRange,
): readonly Point[] {
  if ('metric' in query) return store.series(query.metric, query.stat, query.periodMs, range);
  return computeMetric(query.expression, (id) => {
    const named = queries.find((other) => other.id === id);
    if (named === undefined) throw new TypeError(`${query.expression} names ${id}, which is no metric of it`);
    return seriesOf(named, queries, store, range);
  });
}
