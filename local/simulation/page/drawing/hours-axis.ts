import { LINES, MUTED } from './chart.js';

/** Left and right of charts that stand below each other, so that their hours do too. */
export const PLOT_MARGIN = { left: 34, right: 18 } as const;

/** An x axis of hours since the simulated day began. */
export function hoursAxis(hours: number, width: number) {
  return {
    type: 'value',
    min: 0,
    max: hours,
    interval: intervalFor(hours, width),
    axisLabel: { color: MUTED, fontSize: 11, formatter: (hour: number) => hourLabel(hour, hours) },
    axisLine: { show: true, lineStyle: { color: LINES } },
    axisTick: { show: true, lineStyle: { color: LINES } },
    splitLine: { lineStyle: { color: LINES, opacity: 0.6 } },
  } as const;
}

const INTERVALS = [0.25, 0.5, 1, 2, 3, 4, 6, 12, 24];
/** Room that a label takes, in pixels. */
const LABEL_WIDTH = 52;

function intervalFor(hours: number, width: number): number {
  const most = width / LABEL_WIDTH;
  return INTERVALS.find((interval) => hours / interval <= most) ?? 24 * Math.ceil(hours / 24 / most);
}

function hourLabel(hour: number, hours: number): string {
  const minutes = Math.round((hour % 1) * 60);
  const time = `${String(Math.floor(hour) % 24).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
  if (hours <= 24) return hour === hours && hours === 24 ? '24:00' : time;
  return hour % 24 === 0 ? `day ${hour / 24 + 1}` : time;
}
