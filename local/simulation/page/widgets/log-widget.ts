import type { Scalar } from '../../cloudwatch/log-expression.js';
import { type LogTable, runLogQuery } from '../../cloudwatch/log-query.js';
import { type Chart, INK, MUTED } from '../drawing/chart.js';
import { type Html, html } from '../drawing/html.js';
import { formatNumber } from '../drawing/number-format.js';
import { type GraphLine, graph, PALETTE } from './graph.js';
import type { Observed } from './observed.js';
import type { LogWidget } from './widget-schema.js';

/** What the query of a widget finds. */
export function tableOf({ query }: LogWidget, { logRows }: Observed): LogTable {
  return runLogQuery(query, logRows);
}

/** Rows and columns, scrolled where there is no room. */
export function logTable({ columns, rows }: LogTable, title: string): Html {
  if (rows.length === 0) return NOTHING;
  const head = columns.map((column) =>
    isNumber(column, rows[0]?.[column])
      ? html`<th scope="col" class="number">${column}</th>`
      : html`<th scope="col">${column}</th>`,
  );
  const body = rows.map((row) => html`<tr>${columns.map((column) => cell(column, row[column]))}</tr>`);
  return html`<div class="table" tabindex="0" role="region" aria-label="${title}"><table>
<thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

const NOTHING = html`<p class="nothing">No results.</p>`;

function cell(column: string, value: Scalar): Html {
  if (isNumber(column, value)) return html`<td class="number">${formatNumber(value)}</td>`;
  if (typeof value !== 'number') return textCell(String(value ?? ''));
  return html`<td class="time">${new Date(value).toISOString().slice(0, 19).replace('T', ' ')}</td>`;
}

/** A name is not broken at its hyphens; what is long is, or its table would be wider than its card. */
const UNBROKEN_LENGTH = 18;

function textCell(text: string): Html {
  return text.length <= UNBROKEN_LENGTH ? html`<td class="name">${text}</td>` : html`<td>${text}</td>`;
}

/** What is to be read as a number; the time of a line is one only for a machine. */
function isNumber(column: string, value: Scalar): value is number {
  return typeof value === 'number' && column !== '@timestamp';
}

/** Lines over time: the first column is a time, every other a line. */
export function logGraph({ columns, rows }: LogTable, { range }: Observed): Pick<Chart, 'option' | 'legend'> {
  const [time = '', ...names] = columns;
  const lines = names.map(
    (label): GraphLine => ({
      label,
      yAxis: 'left',
      points: rows
        .map((row) => ({ at: Number(row[time]), value: Number(row[label]) }))
        .toSorted((a, b) => a.at - b.at),
    }),
  );
  return graph({ lines, limits: [], axes: {}, range, stacked: false, hasLegend: true });
}

/** A share that is the whole needs no drawing: what it is, in large letters. */
export function logWhole({ columns, rows }: LogTable): Html {
  if (rows.length === 0) return NOTHING;
  const [name = '', count = ''] = [columns[0], columns.at(-1)];
  const values = rows.map(
    (row) =>
      html`<div class="value"><strong>${formatNumber(Number(row[count]))}</strong><span>all of them ${String(row[name])}</span></div>`,
  );
  return html`<div class="values">${values}</div>`;
}

/** Shares of a whole: the first column names them, the last one counts. */
export function logPie({ columns, rows }: LogTable): Pick<Chart, 'option' | 'legend'> {
  const [name = '', count = ''] = [columns[0], columns.at(-1)];
  const shares = rows.map((row, index) => ({
    name: String(row[name]),
    value: Number(row[count]),
    color: PALETTE[index % PALETTE.length] ?? INK,
  }));
  return {
    legend: shares.map((share) => ({
      label: `${share.name} · ${formatNumber(share.value)}`,
      color: share.color,
    })),
    option: () => ({
      color: shares.map(({ color }) => color),
      series: [
        {
          type: 'pie',
          radius: ['50%', '84%'],
          label: { show: false },
          itemStyle: { borderWidth: 0 },
          data: shares,
        },
      ],
    }),
  };
}

/** Bars: the first column names them, every other is a bar. */
export function logBars({ columns, rows }: LogTable): Pick<Chart, 'option' | 'legend'> {
  const [name = '', ...counts] = columns;
  const label = { color: MUTED, fontSize: 11 };
  return {
    legend: counts.map((count, index) => ({ label: count, color: PALETTE[index % PALETTE.length] ?? INK })),
    option: () => ({
      color: [...PALETTE],
      grid: { left: 50, right: 16, top: 16, bottom: 28 },
      xAxis: { type: 'category', data: rows.map((row) => String(row[name])), axisLabel: label },
      yAxis: { type: 'value', axisLabel: { ...label, formatter: formatNumber } },
      series: counts.map((count) => ({ type: 'bar', data: rows.map((row) => Number(row[count])) })),
    }),
  };
}
