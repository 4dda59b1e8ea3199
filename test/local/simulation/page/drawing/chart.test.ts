import { expect, test } from 'vitest';
import { drawChart } from '../../../../../local/simulation/page/drawing/chart.js';
import { hoursAxis } from '../../../../../local/simulation/page/drawing/hours-axis.js';
import { html } from '../../../../../local/simulation/page/drawing/html.js';

const SIZES = { wide: { width: 800, height: 100 }, narrow: { width: 342, height: 100 } };

test('a chart is drawn for wide screens and for phones, with its label, its legend and what lies on top', () => {
  const { text } = drawChart({
    label: 'Sessions "in use" & idle',
    sizes: SIZES,
    legend: [{ label: '<idle>', color: 'var(--idle)' }],
    option: ({ width }) => ({
      grid: { left: 0, right: 0, top: 0, bottom: 0 },
      xAxis: hoursAxis(24, width),
      yAxis: { type: 'value', min: 0, max: 10, show: false },
      series: [{ type: 'line', data: [] }],
    }),
    overlay: (toPixel) => html`<path d="M${toPixel(12, 10).join(' ')}"/>`,
  });
  const label = 'aria-label="Sessions &quot;in use&quot; &amp; idle"';
  expect(text.match(/<svg [^>]*/g)?.map((svg) => svg.includes(label))).toEqual([true, true]);
  expect(text).toContain('&lt;idle&gt;');
  // Noon is in the middle, and the largest value at the top.
  expect(text.match(/<path d="M\d+ \d+"\/><\/svg>/g)).toEqual([
    '<path d="M400 0"/></svg>',
    '<path d="M171 0"/></svg>',
  ]);
});

test.each([
  [24, 1_200, 2, { 0: '00:00', 6.5: '06:30', 24: '24:00' }],
  [24, 282, 6, { 18: '18:00' }],
  [3, 1_200, 0.25, { 2.25: '02:15', 3: '03:00' }],
  [72, 1_200, 4, { 0: 'day 1', 24: 'day 2', 28: '04:00' }],
  [480, 282, 96, { 96: 'day 5' }],
])('an axis of %d hours in %d pixels has a label every %d hours', (hours, width, interval, labels) => {
  const axis = hoursAxis(hours, width);
  expect(axis.interval).toBe(interval);
  const said = Object.keys(labels).map((hour) => [hour, axis.axisLabel.formatter(Number(hour))]);
  expect(Object.fromEntries(said)).toEqual(labels);
});
