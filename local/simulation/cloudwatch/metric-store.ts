import { NotUnderstood } from './expression.js';

/** Times are epoch milliseconds. */
export interface Point {
  /** When its period begins. */
  readonly at: number;
  readonly value: number;
}

export interface MetricId {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Begins included, ends not. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

interface Sample {
  readonly at: number;
  readonly values: readonly number[];
}

/** Metrics as CloudWatch keeps them: every value under its namespace, name and exact dimensions. */
export class MetricStore {
  /** In order of time. */
  readonly #samples = new Map<string, Sample[]>();
  readonly #metrics = new Map<string, MetricId>();
  readonly #keys = new WeakMap<MetricId, string>();

  add(metric: MetricId, at: number, values: readonly number[]): void {
    const key = this.#keyOf(metric);
    this.#metrics.set(key, metric);
    const samples = this.#samples.get(key) ?? [];
    const last = samples.at(-1);
    samples.push({ at, values });
    if (last && at < last.at) samples.sort((one, other) => one.at - other.at);
    this.#samples.set(key, samples);
  }

  /** Every metric of that name that has these dimensions and no other. */
  find(namespace: string, name: string, dimensions: readonly string[]): readonly MetricId[] {
    const wanted = dimensions.toSorted().join();
    return [...this.#metrics.values()].filter(
      (metric) =>
        metric.namespace === namespace &&
        metric.name === name &&
        Object.keys(metric.dimensions).toSorted().join() === wanted,
    );
  }

  /** A statistic for each period that has values, in order of time. */
  series(metric: MetricId, stat: string, periodMs: number, { from, to }: TimeRange): readonly Point[] {
    const points: Point[] = [];
    let begin = from;
    let held: number[] = [];
    const close = () => {
      if (held.length > 0) points.push({ at: begin, value: statistic(stat, held) });
      held = [];
    };
    for (const { at, values } of this.#samples.get(this.#keyOf(metric)) ?? []) {
      if (at < from || at >= to) continue;
      if (at >= begin + periodMs) {
        close();
        begin = at - ((at - from) % periodMs);
      }
      held.push(...values);
    }
    close();
    return points;
  }

  #keyOf(metric: MetricId): string {
    const key = this.#keys.get(metric) ?? keyOf(metric);
    this.#keys.set(metric, key);
    return key;
  }
}

/** @throws Error for a statistic that is not known. */
export function statistic(stat: string, values: readonly number[]): number {
  switch (stat) {
    case 'Sum':
      return sum(values);
    case 'Average':
      return sum(values) / values.length;
    case 'Minimum':
      return Math.min(...values);
    case 'Maximum':
      return Math.max(...values);
    case 'SampleCount':
      return values.length;
    default:
      return percentile(stat, values);
  }
}

/** @param stat e.g. `p90`. */
function percentile(stat: string, values: readonly number[]): number {
  const percent = Number(/^p(\d+(?:\.\d+)?)$/.exec(stat)?.[1]);
  if (Number.isNaN(percent)) throw new NotUnderstood(`statistic ${stat}`);
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function keyOf({ namespace, name, dimensions }: MetricId): string {
  return JSON.stringify([namespace, name, Object.entries(dimensions).toSorted(byName)]);
}

function byName([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : 1;
}
