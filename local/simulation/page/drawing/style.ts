/** The style sheet of the page. */
import { Html } from './html.js';

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/** Every colour is a variable, so that drawings made once serve light and dark. */
const COLOURS = `
:root {
  --page: #f4f5f7; --panel: #ffffff; --ink: #1c2128; --muted: #5c6773; --lines: #dfe3e8; --accent: #0b6bcb;
  --busy: #1f6feb; --idle: #b6d3fb; --overdue: #f08c00; --stuck: #a146c9; --exempt: #8bc99a; --spared: #e6e8ec; --spared-line: #a3abb6;
  --ended: #c92a2a; --timeout: #57606a; --returned: #c92a2a; --good: #1a7f37; --bad: #cf222e;
  --line-1: #1f77b4; --line-2: #e8590c; --line-3: #2b8a3e; --line-4: #8250df;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0d1117; --panel: #161b22; --ink: #e6edf3; --muted: #9aa5b1; --lines: #30363d; --accent: #6cb6ff;
    --busy: #4b94ff; --idle: #24467c; --overdue: #ffa92b; --stuck: #c77dff; --exempt: #2f7d45; --spared: #272d36; --spared-line: #5b6572;
    --ended: #ff6b6b; --timeout: #b1bac4; --returned: #ff6b6b; --good: #3fb950; --bad: #ff7b72;
    --line-1: #58a6ff; --line-2: #ff9a4d; --line-3: #56d364; --line-4: #bc8cff;
  }
}`;

const LAYOUT = `
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 1312px; padding: 20px 16px 48px; background: var(--page); color: var(--ink);
  font: 14px/1.5 ${FONT}; }
h1 { font-size: 22px; line-height: 1.25; margin: 0 0 4px }
h2 { font-size: 16px; margin: 0 0 10px }
h2.above { margin: 28px 0 10px }
h3 { font-size: 13px; margin: 0 0 6px }
header p { margin: 0; color: var(--muted) }
.mishaps { margin: 0; padding-left: 20px; color: var(--muted); columns: 3 260px }
a { color: var(--accent) }
code { font-size: 0.92em }
.panel, .widget, .tile { background: var(--panel); border: 1px solid var(--lines); border-radius: 8px; padding: 14px 16px; min-width: 0 }
.panel { margin-top: 16px }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(215px, 1fr)); gap: 16px; margin-top: 16px }
.tile strong, .value strong { display: block; font-size: 28px; line-height: 1.15; font-weight: 600 }
.tile span { display: block; font-weight: 600 }
.tile small { display: block; color: var(--muted); font-size: 12px; margin-top: 2px }
.chart svg { display: block; width: 100%; height: auto }
.narrow { display: none }
.legend { list-style: none; margin: 0 0 8px; padding: 0; display: flex; flex-wrap: wrap; gap: 2px 18px; color: var(--muted); font-size: 12px }
.legend i { display: inline-block; width: 14px; height: 3px; margin-right: 5px; vertical-align: 3px }
.chart + .legend { margin: 6px 0 0 }
.legend svg { vertical-align: -1px; margin-right: 4px }
table { border-collapse: collapse; font-size: 12px; width: 100% }
th, td { text-align: left; padding: 3px 10px 3px 0; border-bottom: 1px solid var(--lines); vertical-align: top }
th, td.number, td.time, td.name { white-space: nowrap }
th { color: var(--muted); font-weight: 600; position: sticky; top: 0; background: var(--panel) }
.number { text-align: right; font-variant-numeric: tabular-nums; padding-right: 16px }
.table { overflow: auto; max-height: 260px }
.differences { width: auto; font-size: 13px }
.differences .total td { font-weight: 600; border-bottom: 0 }
.nothing { color: var(--muted); margin: 0 }`;

const DASHBOARD = `
.dashboard { display: grid; grid-template-columns: repeat(24, minmax(0, 1fr)); gap: 12px }
.text p, .text h1 { margin: 0 0 4px }
.text h1 { font-size: 18px }
.values { display: flex; flex-wrap: wrap; gap: 6px 40px }
.value span { color: var(--muted); font-size: 12px }
.alarms { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(225px, 1fr)); gap: 8px }
.alarms li { border: 1px solid var(--lines); border-left: 4px solid var(--muted); border-radius: 4px; padding: 4px 8px; font-size: 12px; min-width: 0 }
.alarms li.OK { border-left-color: var(--good) } .alarms li.ALARM { border-left-color: var(--bad) }
.alarms .state { font-weight: 600 } .alarms .OK .state { color: var(--good) } .alarms .ALARM .state { color: var(--bad) }
.alarms .name { color: var(--muted); overflow-wrap: anywhere }
.alarms svg { display: block; width: 100%; height: 5px; margin-top: 4px }
rect.OK { fill: var(--good); opacity: .45 } rect.ALARM { fill: var(--bad) } rect.INSUFFICIENT_DATA { fill: var(--lines) }`;

const TIMELINE = `
.strip.busy { fill: var(--busy) } .strip.idle { fill: var(--idle) } .strip.overdue { fill: var(--overdue) }
.strip.exempt { fill: var(--exempt) } .strip.stuck { fill: var(--stuck) } .strip.spared { fill: var(--spared) }
.mark { stroke: var(--panel); stroke-width: 1; paint-order: stroke }
.mark.reaper { fill: var(--ended) } .mark.owner { fill: var(--timeout) }
.mark.own-idle-timeout { stroke: var(--timeout); stroke-width: 2 }
.mark.came-back { fill: none; stroke: var(--returned); stroke-width: 1.6 }
.timeline .heading { font: 600 12px ${FONT}; fill: var(--ink) }
.hover { fill: transparent } .hover:hover { fill: var(--ink); opacity: .12 }`;

const SMALL = `
@media (max-width: 1099px) {
  .dashboard { display: block }
  .widget { margin-top: 12px }
  .widget .chart svg { max-width: 640px }
}
@media (max-width: 700px) {
  body { padding: 14px 8px 32px }
  h1 { font-size: 19px }
  .panel, .widget { padding: 12px }
  .tiles { grid-template-columns: 1fr; gap: 8px }
  td { white-space: nowrap }
  .differences td { white-space: normal }
  .wide { display: none } .narrow { display: block }
}`;

export const STYLE = new Html([COLOURS, LAYOUT, DASHBOARD, TIMELINE, SMALL].join('\n'));
