import { beforeAll, expect, test } from 'vitest';
import { type TimelineRow, timelineOf } from '../../../../../local/simulation/page/timeline/timeline.js';
import { timelineChart } from '../../../../../local/simulation/page/timeline/timeline-chart.js';
import { timelineLegend } from '../../../../../local/simulation/page/timeline/timeline-legend.js';
import { type SimulatedDay, simulateDay } from '../../../../../local/simulation/run/simulated-day.js';

const MINUTE = 60_000;
let day: SimulatedDay;
let rows: readonly TimelineRow[];
beforeAll(async () => {
  day = await simulateDay({ profile: 'dbt', seed: 11, hours: 4, config: { schedule: 'rate(30 minutes)' } });
  rows = timelineOf(day).flatMap((group) => group.rows);
});

test('each owner has a row, in the group of the workgroup of that owner', () => {
  expect(rows.map(({ plan }) => plan)).toHaveLength(day.plans.length);
  expect(new Set(rows.map(({ plan }) => plan))).toEqual(new Set(day.plans));
  for (const { workGroup, rows } of timelineOf(day)) {
    expect(new Set(rows.map(({ plan }) => plan.workGroup))).toEqual(new Set([workGroup]));
  }
});

test('a session is overdue from its limit on, and never while it calculates', () => {
  const overdue = rows.flatMap((row) => row.strips.filter(({ kind }) => kind === 'overdue'));
  expect(overdue.length).toBeGreaterThan(0);
  for (const { strips } of rows) {
    const busy = strips.filter(({ kind }) => kind === 'busy');
    for (const late of strips.filter(({ kind }) => kind === 'overdue')) {
      expect(busy.filter(({ from, to }) => from < late.to && to > late.from)).toEqual([]);
      const before = Math.max(...busy.filter(({ to }) => to <= late.from).map(({ to }) => to));
      if (Number.isFinite(before)) {
        expect(late.from - before).toBeGreaterThanOrEqual(day.deployment.settings.idleMinutes * MINUTE);
      }
    }
  }
});

test('every end has its mark, by the one who ended it', () => {
  const marks = rows.flatMap((row) => row.marks.filter(({ kind }) => kind !== 'came back'));
  const ends = day.withReaper.lives.flatMap(({ end }) => (end ? [{ kind: end.by, at: end.at }] : []));
  const order = (one: { at: number }, other: { at: number }) => one.at - other.at;
  expect(marks.toSorted(order)).toEqual(ends.toSorted(order));
  expect(ends.some(({ kind }) => kind === 'reaper')).toBe(true);
});

test('the chart names each workgroup, and the legend every colour and symbol that it uses', () => {
  const chart = timelineChart(day).text;
  for (const { workGroup } of timelineOf(day)) expect(chart).toContain(`>${workGroup} · `);
  const drawn = [...chart.matchAll(/class="(?:strip|mark) ([\w-]+)"/g)].map(([, name]) => name);
  const legend = timelineLegend(day).text;
  expect(drawn.filter((name) => !legend.includes(` ${name}"`))).toEqual([]);
  expect(legend).toContain(`idle past the limit (${day.deployment.settings.idleMinutes} minutes)`);
});
