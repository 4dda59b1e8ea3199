/** Lines over the hours of the day, as CloudWatch draws them. */

import { HOUR_MS } from '../../../../lambda/contract/durations.js';
import type { Point, TimeRange } from '../../cloudwatch/metric-store.js';
import { type Chart, EDGES, INK, LINES, MUTED } from '../drawing/chart.js';
import { hoursAxis } from '../drawing/hours-axis.js';
import { axisNumber } from '../drawing/number-format.js';

export interface GraphLine {
  readonly label: string;
  readonly color?: string | undefined;
  readonly yAxis: 'left' | 'right';
  readonly points: readonly Point[];
  readonly unit?: string | undefined;
}

export interface Limit {
  readonly value: number;
  readonly label: string;
  readonly yAxis: 'left' | 'right';
}

interface Axis {
  readonly label?: string | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** Whether to name the unit where there is no label. @default true */
  readonly showUnits?: boolean | undefined;
}

export interface Graph {
  readonly lines: readonly GraphLine[];
  readonly limits: readonly Limit[];
  readonly axes: { readonly left?: Axis | undefined; readonly right?: Axis | undefined };
  readonly range: TimeRange;
  /** One line on top of the other, with the area below it. */
  readonly stacked: boolean;
  readonly hasLegend: boolean;
}

/** Colours of what has none of its own. */
export const PALETTE = ['var(--line-1)', 'var(--line-2)', 'var(--line-3)', 'var(--line-4)'] as const;

/** @param lines in the order in which they take their colours. */
export function graph({
  lines,
  limits,
  axes,
  range,
  stacked,
  hasLegend,
}: Graph): Pick<Chart, 'option' | 'legend'> {
  const hasRight = lines.some(({ yAxis }) => yAxis === 'right');
  const colors = lines.map(({ color }, index) => color ?? PALETTE[index % PALETTE.length] ?? INK);
  const drawn = stacked ? onTopOfEachOther(lines) : lines;
  const all = drawn.map((line, index) => ({
    ...series(line, index === 0 ? limits : [], range),
    ...(stacked ? area(colors[index] ?? INK) : { color: colors[index] }),
  }));
  return {
    legend: hasLegend ? lines.map(({ label }, index) => ({ label, color: colors[index] ?? INK })) : [],
    option: ({ width }) => ({
      grid: { left: 50, right: hasRight ? 46 : 16, top: 28, bottom: 28 },
      xAxis: hoursAxis((range.to - range.from) / HOUR_MS, width - 90),
      yAxis: [
        yAxis('left', drawn, limits, axes.left),
        ...(hasRight ? [yAxis('right', drawn, limits, axes.right)] : []),
      ],
      // Each area reaches down to the axis, so the lower ones are drawn over the higher ones.
      series: stacked ? all.toReversed() : all,
    }),
  };
}

function series(line: GraphLine, limits: readonly Limit[], { from }: TimeRange) {
  return {
    type: 'line',
    name: line.label,
    yAxisIndex: line.yAxis === 'right' ? 1 : 0,
    showSymbol: line.points.length < 2,
    symbolSize: 4,
    lineStyle: { width: 1.5 },
    data: line.points.map(({ at, value }) => [(at - from) / HOUR_MS, value]),
    ...(limits.length > 0 && { markLine: limitLines(limits) }),
  };
}

/** Each line by what it and those before it are together. */
function onTopOfEachOther(lines: readonly GraphLine[]): readonly GraphLine[] {
  const heights = new Map<number, number>();
  return lines.map((line) => ({
    ...line,
    points: line.points.map(({ at, value }) => {
      const height = (heights.get(at) ?? 0) + value;
      heights.set(at, height);
      return { at, value: height };
    }),
  }));
}

/** An area with an edge, so that neighbours of one colour are told apart. */
function area(color: string) {
  return { color, lineStyle: { width: 0.75, color: EDGES }, areaStyle: { color, opacity: 1 } };
}

const LIMIT_LABEL = {
  position: 'insideStartTop',
  color: MUTED,
  fontSize: 11,
  backgroundColor: EDGES,
  padding: [1, 3],
} as const;

function limitLines(limits: readonly Limit[]) {
  return {
    silent: true,
    symbol: 'none',
    lineStyle: { type: 'dashed', color: MUTED, width: 1 },
    data: limits.map(({ value, label }) => ({
      yAxis: value,
      // On a ground of its own: it may stand on the lines.
      label: { ...LIMIT_LABEL, formatter: label },
    })),
  };
}

function yAxis(
  side: 'left' | 'right',
  lines: readonly GraphLine[],
  limits: readonly Limit[],
  axis: Axis = {},
) {
  const own = lines.filter((line) => line.yAxis === side);
  const values = own.flatMap(({ points }) => points.map(({ value }) => value));
  const limit = highestOf(limits.filter(({ yAxis }) => yAxis === side).map(({ value }) => value));
  const highest = highestOf(values);
  return {
    type: 'value',
    position: side,
    min: axis.min ?? 0,
    // A flat line of zeroes needs an axis that goes somewhere.
    ...(limit > highest ? upTo(limit) : { max: axis.max ?? (highest === 0 ? 1 : undefined) }),
    name: axis.label ?? (axis.showUnits === false ? '' : (own[0]?.unit ?? '')),
    nameTextStyle: {
      color: MUTED,
      fontSize: 11,
      align: side === 'left' ? 'left' : 'right',
      padding: [0, 0, 0, side === 'left' ? -36 : 0],
    },
    nameGap: 10,
    splitNumber: 4,
    minInterval: values.every(Number.isInteger) ? 1 : 0,
    axisTick: { show: false },
    axisLine: { show: false },
    axisLabel: { color: MUTED, fontSize: 11, formatter: axisNumber },
    splitLine: { show: side === 'left', lineStyle: { color: LINES, opacity: 0.6 } },
    boundaryGap: [0, '12%'],
  };
}

/** An axis that shows a limit above all values, with room for its label. */
function upTo(limit: number) {
  const magnitude = 10 ** Math.floor(Math.log10(limit));
  const interval = ([5, 2, 1].find((step) => limit / (step * magnitude) >= 2) ?? 0.5) * magnitude;
  return { interval, max: Math.ceil((limit * 1.1) / interval) * interval };
}

function highestOf(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}
