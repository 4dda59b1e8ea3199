import { beforeAll, describe, expect, it } from 'vitest';
import { dayPage } from '../../../../local/simulation/page/page.js';
import { tableOf } from '../../../../local/simulation/page/widgets/log-widget.js';
import { linesOf } from '../../../../local/simulation/page/widgets/metric-widget.js';
import { type Observed, observe } from '../../../../local/simulation/page/widgets/observed.js';
import { readWidget, type Widget } from '../../../../local/simulation/page/widgets/widget-schema.js';
import { type SimulatedDay, simulateDay } from '../../../../local/simulation/run/simulated-day.js';
import { dashboardBody } from '../../../../local/template/dashboard-body.js';

let day: SimulatedDay;
let observed: Observed;
let widgets: readonly Widget[];
let page: string;
beforeAll(async () => {
  day = await simulateDay({ profile: 'dbt', seed: 7, hours: 7, config: { schedule: 'rate(15 minutes)' } });
  observed = observe(day);
  const body = dashboardBody({ Resources: day.deployment.resources });
  widgets = body.widgets.map((widget) => readWidget(widget));
  page = dayPage(day);
});

describe('the dashboard after a simulated day', () => {
  it('shows data in each metric widget, and in each metric that the function emits', () => {
    for (const widget of widgets) {
      if (widget.type !== 'metric') continue;
      const lines = linesOf(widget.properties, observed);
      // In this profile no engine is documented to publish what sessions hold.
      if (widget.properties.title.startsWith('Which sessions hold DPUs?')) continue;
      const filled = lines.filter(({ points }) => points.length > 0);
      expect(filled, widget.properties.title).not.toHaveLength(0);
      const own = lines.filter(
        ({ query }) => !('metric' in query) || query.metric.namespace === 'AthenaSessionReaper',
      );
      expect(
        own.filter((line) => !filled.includes(line)),
        widget.properties.title,
      ).toEqual([]);
    }
  });

  it('finds rows for each log widget, but for what a calm day has none of', () => {
    const empty = widgets.flatMap((widget) =>
      widget.type === 'log' && tableOf(widget.properties, observed).rows.length === 0
        ? widget.properties.title
        : [],
    );
    expect(empty).toEqual([
      'Which sessions are overdue, and why?',
      'Which sessions were spared, and by whose exemption?',
      'What went wrong, and how often?',
    ]);
  });

  it('has every alarm in OK', () => {
    const states = [...observed.alarms.values()].map(({ states }) => states.at(-1)?.state);
    expect(new Set(states)).toEqual(new Set(['OK']));
  });

  it('counts what the sweeps reported', () => {
    const ended = day.withReaper.lives.filter(({ end }) => end?.by === 'reaper').length;
    const totals = widgets.find(
      ({ properties }) => 'title' in properties && properties.title === 'How much was ended and saved?',
    );
    if (totals?.type !== 'log') throw new Error('the dashboard has no totals');
    expect(tableOf(totals.properties, observed).rows).toMatchObject([{ sessions: ended }]);
  });
});

describe('the page', () => {
  it('needs nothing but itself', () => {
    expect(/<script|<link rel="stylesheet|@import|url\((?!#)/.test(page)).toBe(false);
    const addresses = [...page.matchAll(/(?:href|src)="([^"#]+)"/g)].map(([, address]) => address);
    expect(addresses).toEqual(['data:,']);
  });

  it('draws each chart for wide screens and for phones, with a label for those who cannot see it', () => {
    const drawn = page.match(/<div class="chart (wide|narrow)"><svg role="img" aria-label="[^"]+"/g) ?? [];
    const charts = widgets.filter((widget) => isChart(widget, observed)).length;
    expect(drawn).toHaveLength(2 * (charts + 2));
    expect(page.includes('NaN')).toBe(false);
  });

  it('has a bar for each session and a mark for each that was ended', () => {
    const ended = day.withReaper.lives.filter(({ end }) => end?.by === 'reaper');
    expect(ended.length).toBeGreaterThan(5);
    const timeline = page.slice(page.indexOf('<g class="timeline">'));
    expect(timeline.match(/class="mark reaper" d="[^"]*"/)?.[0].match(/M/g)).toHaveLength(ended.length);
    for (const { sessionId } of day.withReaper.lives) expect(timeline).toContain(sessionId.slice(0, 8));
  });
});

function isChart({ type, properties }: Widget, seen: Observed): boolean {
  if (type === 'log' && properties.view === 'pie') return tableOf(properties, seen).rows.length > 1;
  return (
    (type === 'metric' || type === 'log') && properties.view !== 'singleValue' && properties.view !== 'table'
  );
}
