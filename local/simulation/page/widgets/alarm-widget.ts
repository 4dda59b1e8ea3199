import { type AlarmHistory, stateAt } from '../../cloudwatch/alarms.js';
import type { TimeRange } from '../../cloudwatch/metric-store.js';
import { type Html, html } from '../drawing/html.js';
import { clockTime } from '../drawing/number-format.js';
import type { Observed } from './observed.js';
import type { AlarmWidget } from './widget-schema.js';

/** Each alarm with its state at the end, and with how it went over the day as a strip. */
export function alarmStates({ alarms }: AlarmWidget, observed: Observed): Html {
  const histories = alarms.flatMap((arn) => observed.alarms.get(arn) ?? []);
  return html`<ul class="alarms">${histories.map((history) => alarm(history, observed.range))}</ul>`;
}

const NAMES = { OK: 'OK', ALARM: 'In alarm', INSUFFICIENT_DATA: 'Insufficient data' } as const;

function alarm(history: AlarmHistory, range: TimeRange): Html {
  const state = stateAt(history, range.to);
  return html`<li class="${state}" title="${history.description}">
<span class="state">${NAMES[state]}</span> <span class="name">${history.name}</span>
<svg viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label="${statesInWords(history)}">${strips(history, range)}</svg></li>`;
}

function strips({ states }: AlarmHistory, { from, to }: TimeRange): Html[] {
  const x = (at: number) => ((at - from) / (to - from)) * 100;
  return states.map(({ from: begin, state }, index) => {
    const end = states[index + 1]?.from ?? to;
    return html`<rect class="${state}" x="${x(begin)}" width="${x(end) - x(begin)}" height="4"/>`;
  });
}

function statesInWords({ states }: AlarmHistory): string {
  return states.map(({ from, state }) => `${clockTime(from)} ${NAMES[state]}`).join(', ');
}
