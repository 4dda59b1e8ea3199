/** Charts as static SVG: drawn here, so that the page needs neither a script nor the network. */
import { BarChart, LineChart, PieChart, ScatterChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { Html, html } from './html.js';

use([SVGRenderer, LineChart, BarChart, PieChart, ScatterChart, GridComponent, MarkLineComponent]);

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where a point of the first axes lies, in pixels. */
export type ToPixel = (x: number, y: number) => readonly [x: number, y: number];

export interface Chart {
  /** What it shows, for those who cannot see it. */
  readonly label: string;
  /** A chart is drawn for wide screens and for phones, because scaled text cannot be read. */
  readonly sizes: { readonly wide: Size; readonly narrow: Size };
  readonly option: (size: Size) => EChartsCoreOption;
  /** What the lines or areas mean, by their colours. */
  readonly legend?: readonly { readonly label: string; readonly color: string }[];
  /** More SVG on top. */
  readonly overlay?: (toPixel: ToPixel) => Html;
}

/** The width of the page's column on a phone, less its margins. */
export const NARROW_WIDTH = 342;

export function drawChart(chart: Chart): Html {
  return html`<div class="chart wide">${draw(chart, chart.sizes.wide)}</div>
<div class="chart narrow">${draw(chart, chart.sizes.narrow)}</div>${legend(chart)}`;
}

/** As markup, because only a browser knows how wide a text is. */
function legend({ legend: items = [] }: Chart): Html {
  if (items.length === 0) return html``;
  const entries = items.map(({ label, color }) => html`<li><i style="background:${color}"></i>${label}</li>`);
  return html`<ul class="legend">${entries}</ul>`;
}

function draw({ label, option, overlay }: Chart, size: Size): Html {
  const instance = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    instance.setOption({ animation: false, ...BASE, ...option(size) });
    const svg = instance.renderToSVGString({ useViewBox: true });
    const toPixel: ToPixel = (x, y) => {
      const [left = 0, top = 0] = instance.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, [x, y]);
      return [left, top];
    };
    const more = overlay?.(toPixel).text ?? '';
    return new Html(
      svg
        .replace('<svg ', `<svg role="img" aria-label="${html`${label}`.text}" `)
        .replace(/<\/svg>\s*$/, `${more}</svg>`),
    );
  } finally {
    instance.dispose();
  }
}

/** Colours come from the style sheet, so that one drawing serves light and dark. */
export const INK = 'var(--ink)';
export const MUTED = 'var(--muted)';
export const LINES = 'var(--lines)';
/** Between areas. */
export const EDGES = 'var(--panel)';

const BASE = {
  useUTC: true,
  backgroundColor: 'transparent',
  // ECharts puts the name into an attribute as it stands, where its quotes would end it.
  textStyle: { fontFamily: 'inherit', color: INK },
};
