/** The chart of the life of each session. */

import { HOUR_MS } from '../../../../lambda/contract/durations.js';
import type { SessionEnd, SessionLife } from '../../run/session-life.js';
import type { SimulatedDay } from '../../run/simulated-day.js';
import { MIDNIGHT } from '../../time.js';
import { type Chart, drawChart, NARROW_WIDTH, type Size, type ToPixel } from '../drawing/chart.js';
import { hoursAxis, PLOT_MARGIN } from '../drawing/hours-axis.js';
import { type Html, html } from '../drawing/html.js';
import { clockTime } from '../drawing/number-format.js';
import {
  MARK_KINDS,
  type MarkKind,
  STRIP_KINDS,
  type TimelineGroup,
  type TimelineRow,
  timelineOf,
} from './timeline.js';

/** Heights in pixels. */
const BAR = 7;
const ROW = 9;
const HEADING = 22;
const AXES = 48;

/** Every session of the day as a bar, by workgroup: the one picture that shows what the reaper does. */
export function timelineChart(day: SimulatedDay): Html {
  const placed = placedRows(timelineOf(day));
  const height = placed.height + AXES;
  const sizes = { wide: { width: 1_232, height }, narrow: { width: NARROW_WIDTH, height } };
  const chart: Chart = {
    label: `The life of each session over ${day.options.hours} hours, by workgroup; the log table below has the details`,
    sizes,
    option: (size) => axes(day.options.hours, placed.height, size),
    overlay: (toPixel) => bars(placed, toPixel),
  };
  return drawChart(chart);
}

interface Placed {
  readonly height: number;
  readonly headings: readonly { readonly text: string; readonly y: number }[];
  readonly rows: readonly { readonly row: TimelineRow; readonly y: number }[];
}

function placedRows(groups: readonly TimelineGroup[]): Placed {
  const headings: { text: string; y: number }[] = [];
  const rows: { row: TimelineRow; y: number }[] = [];
  let y = 0;
  for (const group of groups) {
    const sessions = group.rows.reduce((sum, { lives }) => sum + lives.length, 0);
    headings.push({ text: `${group.workGroup} · ${sessions} sessions`, y: y + HEADING - 7 });
    y += HEADING;
    for (const row of group.rows) {
      rows.push({ row, y });
      y += ROW;
    }
  }
  return { height: y + ROW, headings, rows };
}

function axes(hours: number, height: number, { width }: Size) {
  const axis = hoursAxis(hours, width - 60);
  return {
    grid: { ...PLOT_MARGIN, top: AXES / 2, height },
    xAxis: [
      { ...axis, position: 'bottom' },
      { ...axis, position: 'top', splitLine: { show: false } },
    ],
    yAxis: { type: 'value', min: 0, max: height, inverse: true, show: false },
    // ECharts draws no axes without a series.
    series: [
      { type: 'scatter', data: [] },
      { type: 'scatter', data: [], xAxisIndex: 1 },
    ],
  };
}

function bars({ headings, rows }: Placed, toPixel: ToPixel): Html {
  const x = (at: number) => toPixel((at - MIDNIGHT) / HOUR_MS, 0)[0];
  const top = toPixel(0, 0)[1];
  const paths = STRIP_KINDS.map((kind) => {
    const strips = rows.flatMap(({ row, y }) =>
      row.strips
        .filter((strip) => strip.kind === kind)
        .map(({ from, to }) => rectangle(x(from), top + y, Math.max(x(to) - x(from), 0.6))),
    );
    return html`<path class="strip ${kind}" d="${strips.join('')}"/>`;
  });
  const marks = MARK_KINDS.map((kind) => {
    const shapes = rows.flatMap(({ row, y }) =>
      row.marks.filter((mark) => mark.kind === kind).map(({ at }) => shape(kind, x(at), top + y + BAR / 2)),
    );
    return html`<path class="mark ${slug(kind)}" d="${shapes.join('')}"/>`;
  });
  const titles = rows.map(({ row, y }) => {
    const [from, to] = spanOf(row, x);
    return html`<rect class="hover" x="${n(from)}" y="${n(top + y - 1)}" width="${n(to - from)}" height="${ROW}"><title>${tooltipOf(row)}</title></rect>`;
  });
  const texts = headings.map(
    ({ text, y }) => html`<text class="heading" x="${n(x(MIDNIGHT))}" y="${n(top + y)}">${text}</text>`,
  );
  return html`<g class="timeline">${[...paths, ...marks, ...texts, ...titles]}</g>`;
}

/** The symbol of a mark, also for the legend. */
export function shape(kind: MarkKind, x: number, y: number): string {
  switch (kind) {
    case 'reaper':
      return `M${n(x + 3.5)} ${n(y - 4.5)}l3.5 4.5l-3.5 4.5l-3.5 -4.5z`;
    case 'own idle timeout':
      return `M${n(x)} ${n(y - 3.5)}v7`;
    case 'owner':
      return `M${n(x - 2.5)} ${n(y - 2.5)}h5v5h-5z`;
    case 'came back':
      return `M${n(x - 4)} ${n(y)}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z`;
    default:
      return kind satisfies never;
  }
}

export function slug(kind: string): string {
  return kind.replaceAll(' ', '-');
}

function rectangle(x: number, y: number, width: number): string {
  return `M${n(x)} ${n(y)}h${n(width)}v${BAR}h${n(-width)}z`;
}

function spanOf({ strips }: TimelineRow, x: (at: number) => number): readonly [number, number] {
  const from = Math.min(...strips.map((strip) => x(strip.from)));
  return [from, Math.max(from + 2, ...strips.map((strip) => x(strip.to)))];
}

/** What a row says when a pointer rests on it. */
function tooltipOf({ plan, lives }: TimelineRow): string {
  const own = plan.session.idleTimeoutMinutes;
  const timeout = own === undefined ? 'no idle timeout of its own' : `own idle timeout ${own} min`;
  const about = `${plan.client} in ${plan.workGroup}, ${timeout}`;
  return [about, ...lives.map(lifeInWords)].join('\n');
}

function lifeInWords({ sessionId, phases, end }: SessionLife): string {
  const from = clockTime(phases[0]?.from ?? MIDNIGHT);
  const until = end ? `${clockTime(end.at)}, ended by ${ENDED_BY[end.by]}` : 'the end of the simulation';
  return `${sessionId.slice(0, 8)}: ${from} to ${until}`;
}

const ENDED_BY = {
  reaper: 'the reaper',
  owner: 'its owner',
  'own idle timeout': 'its own idle timeout',
} as const satisfies Record<SessionEnd['by'], string>;

/** A tenth of a pixel is as fine as anybody sees. */
function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}
