/** The search expressions of metric math, as far as the dashboard's go: every metric with a name and these dimensions. */
import { NotUnderstood } from './expression.js';
import type { MetricId, MetricStore, Point, TimeRange } from './metric-store.js';

/** A series that a search found. */
export interface FoundSeries {
  readonly metric: MetricId;
  readonly points: readonly Point[];
}

/** `SEARCH('{namespace,dimension,…} MetricName="name"', 'statistic', period in seconds)` */
const SEARCH = /^SEARCH\('\{([^}]+)\} MetricName="([^"]+)"', '(\w+)', (\d+)\)$/;

export function isSearch(expression: string): boolean {
  return expression.startsWith('SEARCH(');
}

/** @throws NotUnderstood for a search of another form. */
export function searchMetrics(
  expression: string,
  store: MetricStore,
  range: TimeRange,
): readonly FoundSeries[] {
  const [, schema = '', name = '', statistic = '', period = ''] = SEARCH.exec(expression) ?? [];
  const [namespace, ...dimensions] = schema.split(',');
  if (namespace === undefined || name === '') throw new NotUnderstood(expression);
  return store
    .find(namespace, name, dimensions)
    .map((metric) => ({ metric, points: store.series(metric, statistic, Number(period) * 1_000, range) }))
    .filter(({ points }) => points.length > 0);
}
