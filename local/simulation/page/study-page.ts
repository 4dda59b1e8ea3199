import { PROFILES } from '../people/profiles.js';
import type { Study } from '../run/study.js';
import { drawChart, INK, LINES, MUTED, NARROW_WIDTH, type Size } from './drawing/chart.js';
import { documentOf } from './drawing/document.js';
import { type Html, html } from './drawing/html.js';
import { formatNumber, percentOf, simulatedHours } from './drawing/number-format.js';

/** What each limit saves, beside what it costs people: the picture to choose a limit by. */
export function studyPage(study: Study): string {
  const { hours, profile, seed } = study.options;
  const title = `limits compared over ${simulatedHours(hours)}, profile ${profile}, seed ${seed}`;
  return documentOf(
    title,
    html`<header><h1>Athena session reaper: ${title}</h1>
<p>${PROFILES[profile].description}. The same people under each limit; what was saved is measured against the same hours without the reaper.</p></header>
<section class="panel"><h2>What a limit saves, and how often somebody came back too late</h2>${studyChart(study)}</section>
<section class="panel">${studyTable(study)}</section>`,
  );
}

function studyChart({ points }: Study): Html {
  const option = ({ width }: Size) => ({
    grid: { left: MARGIN, right: MARGIN, top: 52, bottom: 44 },
    xAxis: { ...valueAxis('DPU-hours saved, measured', 'middle', 28), min: leftOfAll(width - 2 * MARGIN) },
    yAxis: { ...valueAxis('times an owner found the session ended', 'end', 24), min: 0 },
    series: [
      {
        type: 'line',
        symbol: 'circle',
        symbolSize: 9,
        color: 'var(--busy)',
        lineStyle: { width: 1.5 },
        label: {
          show: true,
          position: 'top',
          // Left of the point: the line leaves it to the right, upwards.
          offset: [-20, 0],
          color: INK,
          fontSize: 12,
          formatter: ({ name }: { readonly name: string }) => name,
        },
        data: points.map(({ idleMinutes, saved, foundEnded }) => ({
          name: `${idleMinutes} min`,
          value: [saved, foundEnded],
        })),
      },
    ],
  });
  const sizes = { wide: { width: 1_232, height: 400 }, narrow: { width: NARROW_WIDTH, height: 320 } };
  return drawChart({ label: 'DPU-hours saved and sessions found ended, for each limit', sizes, option });
}

/** Left and right of the plot, in pixels. */
const MARGIN = 56;
/** What the label of the leftmost point takes, in pixels; the axis may be longer than its values. */
const LABEL_ROOM = 64;

/** Where an axis of that many pixels begins, so that the label of the leftmost point does not lie over it. */
function leftOfAll(plotWidth: number) {
  const share = LABEL_ROOM / (plotWidth - LABEL_ROOM);
  return ({ min, max }: { readonly min: number; readonly max: number }): number =>
    Math.max(0, Math.floor(min - (max - min || 1) * share));
}

function valueAxis(name: string, nameLocation: 'middle' | 'end', nameGap: number) {
  return {
    type: 'value',
    scale: true,
    name,
    nameLocation,
    nameGap,
    nameTextStyle: { color: MUTED, fontSize: 12, ...(nameLocation === 'end' && { align: 'left' }) },
    axisLabel: { color: MUTED, fontSize: 11, formatter: formatNumber },
    axisLine: { lineStyle: { color: LINES } },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: LINES, opacity: 0.6 } },
  };
}

function studyTable({ points, without }: Study): Html {
  const rows = points.map(
    ({ idleMinutes, saved, ended, foundEnded }) =>
      html`<tr>${[formatNumber(idleMinutes), formatNumber(saved), percentOf(saved, without), formatNumber(ended), formatNumber(foundEnded)].map((text) => html`<td class="number">${text}</td>`)}</tr>`,
  );
  const heads = ['idle minutes', 'DPU-hours saved', 'of what was billed', 'sessions ended', 'found ended'];
  return html`<div class="table" tabindex="0" role="region" aria-label="Limits compared"><table class="study"><thead><tr>${heads.map((head) => html`<th class="number" scope="col">${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
}
