import { HOUR_MS } from '../../../lambda/contract/durations.js';
import { dashboardBody } from '../../template/dashboard-body.js';
import { PROFILES } from '../people/profiles.js';
import type { DayOptions, SimulatedDay } from '../run/simulated-day.js';
import { MIDNIGHT } from '../time.js';
import { differencesPanel } from './differences.js';
import { documentOf } from './drawing/document.js';
import { type Html, html } from './drawing/html.js';
import { clockTime, simulatedHours } from './drawing/number-format.js';
import { headlineTiles } from './headline-tiles.js';
import { heldDpusChart } from './held-dpus.js';
import { timelineChart } from './timeline/timeline-chart.js';
import { timelineLegend } from './timeline/timeline-legend.js';
import { observe } from './widgets/observed.js';
import { drawWidget } from './widgets/widget.js';
import { readWidget } from './widgets/widget-schema.js';

/** A simulated day on one page: what the reaper did to each session, and the dashboard of the stack. */
export function dayPage(day: SimulatedDay): string {
  const { hours, profile, seed } = day.options;
  const title = `${simulatedHours(hours)}, profile ${profile}, seed ${seed}`;
  return documentOf(
    title,
    html`<header><h1>Athena session reaper: ${title}</h1>
<p>${PROFILES[profile].description}. The same people twice: once with the reaper, once without. Nothing here ever was at AWS.</p>${mishaps(day.options)}</header>
${headlineTiles(day)}
<section class="panel"><h2>Each session, and what became of it</h2>${timelineLegend(day)}${timelineChart(day)}</section>
<section class="panel"><h2>DPUs held by sessions</h2>${heldDpusChart(day)}</section>
${differencesPanel(day)}
<h2 class="above">The dashboard, as this stack deploys it</h2>
${dashboard(day)}`,
  );
}

/** Where and what the widgets are is the stack's own; only their data are simulated. */
function dashboard(day: SimulatedDay): Html {
  const observed = observe(day);
  const { widgets } = dashboardBody({ Resources: day.deployment.resources });
  return html`<main class="dashboard">${widgets.map((widget) => drawWidget(readWidget(widget), observed))}</main>`;
}

function mishaps({ profile }: DayOptions): Html {
  const { mishaps } = PROFILES[profile];
  if (mishaps.length === 0) return html``;
  const items = mishaps.map(
    ({ what, fromHour, toHour }) =>
      html`<li>${clockTime(MIDNIGHT + fromHour * HOUR_MS)} to ${clockTime(MIDNIGHT + toHour * HOUR_MS)}: ${what}</li>`,
  );
  return html`<p>What goes wrong meanwhile:</p><ul class="mishaps">${items}</ul>`;
}
