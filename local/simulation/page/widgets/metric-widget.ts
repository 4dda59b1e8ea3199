import { METRICS } from '../../../../lambda/contract/telemetry.js';
import { type MetricQuery, seriesOf } from '../../cloudwatch/metric-query.js';
import { isSearch, searchMetrics } from '../../cloudwatch/metric-search.js';
import type { Point } from '../../cloudwatch/metric-store.js';
import { type Html, html } from '../drawing/html.js';
import { formatNumber } from '../drawing/number-format.js';
import type { Observed } from './observed.js';
import type { MetricWidget, WidgetMetric } from './widget-schema.js';

/** A visible metric of a widget, with its points. */
export interface Line extends WidgetMetric {
  readonly points: readonly Point[];
  readonly unit: string | undefined;
}

/** What a metric widget shows. */
export function linesOf(widget: MetricWidget, { metrics: store, range }: Observed): readonly Line[] {
  const queries = widget.metrics.map(({ query }) => query);
  return widget.metrics.flatMap((metric) => {
    const { query, visible } = metric;
    if (!visible) return [];
    if ('expression' in query && isSearch(query.expression))
      return searchMetrics(query.expression, store, range).map((found) => ({
        ...metric,
        label: Object.values(found.metric.dimensions).join(' '),
        unit: undefined,
        points: found.points,
      }));
    return [{ ...metric, unit: unitOf(query), points: seriesOf(query, queries, store, range) }];
  });
}

/** By the names of metrics: the function's own, and of Lambda's that which is not a count. */
const UNITS: ReadonlyMap<string, string> = new Map([
  ...Object.entries(METRICS),
  ['Duration', 'Milliseconds'],
]);

function unitOf(query: MetricQuery): string | undefined {
  return 'metric' in query ? UNITS.get(query.metric.name) : undefined;
}

/** The latest value of each metric, in large letters. */
export function singleValues(widget: MetricWidget, observed: Observed): Html {
  const values = linesOf(widget, observed).map(({ label, points }) => {
    const value = points.at(-1)?.value;
    return html`<div class="value"><strong>${value === undefined ? '–' : formatNumber(value)}</strong><span>${label}</span></div>`;
  });
  return html`<div class="values">${values}</div>`;
}
