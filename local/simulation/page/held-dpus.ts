/** The chart of DPUs that sessions held. */

import { HOUR_MS, MINUTE_MS } from '../../../lambda/contract/durations.js';
import type { Run } from '../run/run.js';
import type { SimulatedDay } from '../run/simulated-day.js';
import { MIDNIGHT } from '../time.js';
import { drawChart, LINES, MUTED, NARROW_WIDTH } from './drawing/chart.js';
import { hoursAxis, PLOT_MARGIN } from './drawing/hours-axis.js';
import type { Html } from './drawing/html.js';
import { formatNumber } from './drawing/number-format.js';

const STEP = 5 * MINUTE_MS;

/** DPUs that sessions held over the day, with the reaper and without: the area between is what was saved. */
export function heldDpusChart(day: SimulatedDay): Html {
  const {
    options: { hours },
    without,
    withReaper,
  } = day;
  return drawChart({
    label: `DPUs held by sessions over ${hours} hours, with the reaper and without`,
    sizes: { wide: { width: 1_232, height: 170 }, narrow: { width: NARROW_WIDTH, height: 170 } },
    legend: [
      { label: 'without the reaper', color: 'var(--spared-line)' },
      { label: 'with the reaper', color: 'var(--busy)' },
    ],
    option: ({ width }) => ({
      grid: { left: PLOT_MARGIN.left, right: PLOT_MARGIN.right, top: 12, bottom: 26 },
      xAxis: hoursAxis(hours, width - 60),
      yAxis: {
        type: 'value',
        splitNumber: 4,
        minInterval: 1,
        axisTick: { show: false },
        axisLine: { show: false },
        axisLabel: { color: MUTED, fontSize: 11, formatter: formatNumber },
        splitLine: { lineStyle: { color: LINES, opacity: 0.6 } },
      },
      series: [
        area('without the reaper', heldBy(without), 'var(--spared-line)', 'var(--spared)'),
        area('with the reaper', heldBy(withReaper), 'var(--busy)', 'var(--idle)'),
      ],
    }),
  });
}

function area(name: string, data: readonly (readonly [number, number])[], color: string, fill: string) {
  return {
    type: 'line',
    name,
    step: 'end',
    showSymbol: false,
    color,
    lineStyle: { width: 1.5, color },
    areaStyle: { color: fill, opacity: 1 },
    data,
  };
}

/** Coordinator DPUs of the sessions that are there, by hours since the day began. */
function heldBy({ lives, endedAt }: Run): readonly (readonly [number, number])[] {
  const spans = lives.map(({ phases, plan }) => ({
    from: phases[0]?.from ?? 0,
    to: phases.at(-1)?.to ?? 0,
    dpus: plan.session.coordinatorDpus ?? 1,
  }));
  const steps = Math.floor((endedAt - MIDNIGHT) / STEP);
  return Array.from({ length: steps + 1 }, (_, step) => {
    const at = MIDNIGHT + step * STEP;
    const held = spans.filter(({ from, to }) => from <= at && at < to);
    return [(at - MIDNIGHT) / HOUR_MS, held.reduce((sum, { dpus }) => sum + dpus, 0)] as const;
  });
}
