import { marked } from 'marked';
import { type Chart, drawChart, NARROW_WIDTH } from '../drawing/chart.js';
import { Html, html } from '../drawing/html.js';
import { alarmStates } from './alarm-widget.js';
import { graph } from './graph.js';
import { logBars, logGraph, logPie, logTable, logWhole, tableOf } from './log-widget.js';
import { linesOf, singleValues } from './metric-widget.js';
import type { Observed } from './observed.js';
import type { LogWidget, Widget } from './widget-schema.js';

/** Pixels of a column of CloudWatch's grid on the page at its full width, and of a row. */
const COLUMN = 1_248 / 24;
const ROW = 46;
/** Pixels that the frame and the title of a widget take. */
const FRAME = { width: 34, height: 84 };
const SHORTEST = 150;

/** A widget in its place. */
export function drawWidget(widget: Widget, observed: Observed): Html {
  const { x, y, width, height, type } = widget;
  const place = `grid-column:${x + 1}/span ${width};grid-row:${y + 1}/span ${height}`;
  const title = 'title' in widget.properties ? html`<h3>${widget.properties.title}</h3>` : html``;
  return html`<section class="widget ${type}" style="${place}">${title}${contentOf(widget, observed)}</section>`;
}

function contentOf(widget: Widget, observed: Observed): Html {
  switch (widget.type) {
    case 'text':
      return new Html(marked.parse(widget.properties.markdown, { async: false }));
    case 'alarm':
      return alarmStates(widget.properties, observed);
    case 'log':
      return logContent(widget, widget.properties, observed);
    case 'metric': {
      const { properties } = widget;
      if (properties.view === 'singleValue') return singleValues(properties, observed);
      return chart(
        widget,
        properties.title,
        graph({
          lines: linesOf(properties, observed),
          limits: properties.annotations.horizontal,
          axes: properties.yAxis,
          range: observed.range,
          stacked: properties.stacked,
          hasLegend: properties.legend?.position !== 'hidden',
        }),
      );
    }
    default:
      return widget satisfies never;
  }
}

function logContent(widget: Widget, properties: LogWidget, observed: Observed): Html {
  const table = tableOf(properties, observed);
  switch (properties.view) {
    case 'table':
      return logTable(table, properties.title);
    case 'timeSeries':
      return chart(widget, properties.title, logGraph(table, observed));
    case 'pie':
      if (table.rows.length < 2) return logWhole(table);
      return chart(widget, properties.title, logPie(table));
    case 'bar':
      return chart(widget, properties.title, logBars(table));
    default:
      return properties.view satisfies never;
  }
}

function chart({ width, height }: Widget, label: string, drawn: Pick<Chart, 'option' | 'legend'>): Html {
  const pixels = Math.max(SHORTEST, height * ROW - FRAME.height);
  return drawChart({
    label,
    ...drawn,
    sizes: {
      wide: { width: Math.round(width * COLUMN - FRAME.width), height: pixels },
      narrow: { width: NARROW_WIDTH, height: pixels },
    },
  });
}
