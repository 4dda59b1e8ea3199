/** Widgets as a dashboard body writes them, read strictly: what is not known here would be missing from the page. */
import * as v from 'valibot';
import type { MetricQuery } from '../../cloudwatch/metric-query.js';

const DEFAULT_PERIOD_S = 300;

const yAxisSide = v.optional(v.picklist(['left', 'right']), 'left');

const metricOptions = v.strictObject({
  id: v.optional(v.string()),
  label: v.optional(v.string()),
  expression: v.optional(v.string()),
  color: v.optional(v.string()),
  stat: v.optional(v.string(), 'Average'),
  period: v.optional(v.number(), DEFAULT_PERIOD_S),
  visible: v.optional(v.boolean(), true),
  yAxis: yAxisSide,
  /** Where a search looks; the simulated account has one region. */
  region: v.optional(v.string()),
});

/** A line of a graph, or a value. */
export interface WidgetMetric {
  readonly query: MetricQuery;
  readonly label: string;
  readonly color?: string | undefined;
  readonly visible: boolean;
  readonly yAxis: 'left' | 'right';
}

/** `[namespace, name, dimension, value, …, options]`, or `[options]` with an expression. */
const metric = v.pipe(
  v.array(v.union([v.string(), metricOptions])),
  v.rawTransform(({ dataset: { value: parts }, addIssue, NEVER }): WidgetMetric => {
    const names = parts.filter((part) => typeof part === 'string');
    const options = parts.find((part) => typeof part === 'object') ?? v.parse(metricOptions, {});
    const { id, expression, label, color, visible, yAxis, stat, period } = options;
    const [namespace, name, ...pairs] = names;
    const shown = { label: label ?? name ?? expression ?? '', color, visible, yAxis };
    if (expression !== undefined) return { query: { id, expression }, ...shown };
    if (namespace === undefined || name === undefined) {
      addIssue({ message: 'neither a metric nor an expression' });
      return NEVER;
    }
    const metric = { namespace, name, dimensions: pairsOf(pairs) };
    return { query: { id, metric, stat, periodMs: period * 1_000 }, ...shown };
  }),
);

function pairsOf(parts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    parts.flatMap((name, index) => (index % 2 === 0 ? [[name, parts[index + 1] ?? '']] : [])),
  );
}

const axis = v.strictObject({
  label: v.optional(v.string()),
  min: v.optional(v.number()),
  max: v.optional(v.number()),
  showUnits: v.optional(v.boolean()),
});

const annotation = v.strictObject({
  value: v.number(),
  label: v.optional(v.string(), ''),
  color: v.optional(v.string()),
  yAxis: yAxisSide,
});

const region = v.optional(v.string());

const metricWidget = v.strictObject({
  view: v.picklist(['timeSeries', 'singleValue']),
  title: v.string(),
  region,
  metrics: v.array(metric),
  stacked: v.optional(v.boolean(), false),
  annotations: v.optional(v.strictObject({ horizontal: v.optional(v.array(annotation), []) }), {}),
  yAxis: v.optional(v.strictObject({ left: v.optional(axis), right: v.optional(axis) }), {}),
  period: v.optional(v.number()),
  liveData: v.optional(v.boolean()),
  sparkline: v.optional(v.boolean()),
  legend: v.optional(v.strictObject({ position: v.picklist(['bottom', 'right', 'hidden']) })),
});
export type MetricWidget = v.InferOutput<typeof metricWidget>;

const logWidget = v.strictObject({
  view: v.picklist(['table', 'timeSeries', 'bar', 'pie']),
  title: v.string(),
  region,
  query: v.string(),
  stacked: v.optional(v.boolean(), false),
});
export type LogWidget = v.InferOutput<typeof logWidget>;

const textWidget = v.strictObject({ markdown: v.string(), background: v.optional(v.string()) });
const alarmWidget = v.strictObject({ title: v.optional(v.string(), 'Alarms'), alarms: v.array(v.string()) });
export type AlarmWidget = v.InferOutput<typeof alarmWidget>;

const place = { x: v.number(), y: v.number(), width: v.number(), height: v.number() };

const widgetSchema = v.variant('type', [
  v.strictObject({ ...place, type: v.literal('metric'), properties: metricWidget }),
  v.strictObject({ ...place, type: v.literal('log'), properties: logWidget }),
  v.strictObject({ ...place, type: v.literal('text'), properties: textWidget }),
  v.strictObject({ ...place, type: v.literal('alarm'), properties: alarmWidget }),
]);
export type Widget = v.InferOutput<typeof widgetSchema>;

/** @throws ValiError for what is not known here. */
export function readWidget(written: unknown): Widget {
  return v.parse(widgetSchema, written);
}
