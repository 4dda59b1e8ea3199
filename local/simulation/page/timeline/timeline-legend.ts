import type { SimulatedDay } from '../../run/simulated-day.js';
import { type Html, html } from '../drawing/html.js';
import { MARK_KINDS, type MarkKind, STRIP_KINDS, type StripKind } from './timeline.js';
import { shape, slug } from './timeline-chart.js';

/** What the colours and symbols of the timeline mean. */
export function timelineLegend({ deployment }: SimulatedDay): Html {
  const strips: Readonly<Record<StripKind, string>> = {
    busy: 'a calculation runs',
    idle: 'idle',
    overdue: `idle past the limit (${deployment.settings.idleMinutes} minutes)`,
    exempt: 'past the limit, but exempt by tag',
    stuck: 'creating or degraded',
    spared: 'would have gone on without the reaper',
  };
  const marks: Readonly<Record<MarkKind, string>> = {
    reaper: 'ended by the reaper',
    'own idle timeout': 'ended by its own idle timeout',
    owner: 'stopped by its owner',
    'came back': 'the owner came back and found it ended',
  };
  return html`<ul class="legend timeline">${[
    ...STRIP_KINDS.toReversed().map((kind) => item('strip', kind, 'M0 2h16v7h-16z', strips[kind])),
    ...MARK_KINDS.map((kind) => item('mark', kind, shape(kind, 8, 5.5), marks[kind])),
  ]}</ul>`;
}

function item(type: 'strip' | 'mark', kind: string, path: string, text: string): Html {
  return html`<li><svg width="16" height="11" aria-hidden="true"><path class="${type} ${slug(kind)}" d="${path}"/></svg> ${text}</li>`;
}
