/** Widgets as a dashboard body writes them, read strictly: what is not known here would be missing from the page. */
import { z } from 'zod';
import type { MetricQuery } from '../cloudwatch/metric-query.js';

const DEFAULT_PERIOD_S = 300;

const metricOptions = z.strictObject({
  id: z.string().optional(),
  label: z.string().optional(),
  expression: z.string().optional(),
  color: z.string().optional(),
  stat: z.string().default('Average'),
  period: z.number().default(DEFAULT_PERIOD_S),
  visible: z.boolean().default(true),
  yAxis: z.enum(['left', 'right']).default('left'),
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
const metric = z.array(z.union([z.string(), metricOptions])).transform((parts, context): WidgetMetric => {
  const names = parts.filter((part) => typeof part === 'string');
  const options = parts.find((part) => typeof part === 'object') ?? metricOptions.parse({});
  const { id, expression, label, color, visible, yAxis, stat, period } = options;
  const [namespace, name, ...pairs] = names;
  const shown = { label: label ?? name ?? expression ?? '', color, visible, yAxis };
  if (expression !== undefined) return { query: { id, expression }, ...shown };
  if (namespace === undefined || name === undefined) {
    context.addIssue({ code: 'custom', message: 'neither a metric nor an expression' });
    return z.NEVER;
  }
  const metric = { namespace, name, dimensions: pairsOf(pairs) };
  return { query: { id, metric, stat, periodMs: period * 1_000 }, ...shown };
});

function pairsOf(parts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    parts.flatMap((name, index) => (index % 2 === 0 ? [[name, parts[index + 1] ?? '']] : [])),
  );
}

const axis = z.strictObject({
  label: z.string().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  showUnits: z.boolean().optional(),
});

const annotation = z.strictObject({
  value: z.number(),
  label: z.string().default(''),
  color: z.string().optional(),
  yAxis: z.enum(['left', 'right']).default('left'),
});

const region = z.string().optional();

const metricWidget = z.strictObject({
  view: z.enum(['timeSeries', 'singleValue']),
  title: z.string(),
  region,
  metrics: z.array(metric),
  stacked: z.boolean().default(false),
  annotations: z.strictObject({ horizontal: z.array(annotation).default([]) }).default({ horizontal: [] }),
  yAxis: z.strictObject({ left: axis.optional(), right: axis.optional() }).default({}),
  start: z.string().optional(),
  setPeriodToTimeRange: z.boolean().default(false),
  period: z.number().optional(),
  liveData: z.boolean().optional(),
  sparkline: z.boolean().optional(),
  legend: z.strictObject({ position: z.string() }).optional(),
});
export type MetricWidget = z.output<typeof metricWidget>;

const logWidget = z.strictObject({
  view: z.enum(['table', 'timeSeries', 'bar', 'pie']),
  title: z.string(),
  region,
  query: z.string(),
  stacked: z.boolean().default(false),
});
export type LogWidget = z.output<typeof logWidget>;

const textWidget = z.strictObject({ markdown: z.string(), background: z.string().optional() });
const alarmWidget = z.strictObject({ title: z.string().default('Alarms'), alarms: z.array(z.string()) });
export type AlarmWidget = z.output<typeof alarmWidget>;

const place = { x: z.number(), y: z.number(), width: z.number(), height: z.number() };

export const widgetSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...place, type: z.literal('metric'), properties: metricWidget }),
  z.strictObject({ ...place, type: z.literal('log'), properties: logWidget }),
  z.strictObject({ ...place, type: z.literal('text'), properties: textWidget }),
  z.strictObject({ ...place, type: z.literal('alarm'), properties: alarmWidget }),
]);
export type Widget = z.output<typeof widgetSchema>;
