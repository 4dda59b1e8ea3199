// Runs in the page, in a frame: reports to the page around it what a person would see is wrong.
const problems = [];

const seen = (element) => element.getBoundingClientRect().width > 0;
const inside = (inner, outer) =>
  inner.left >= outer.left - 1 &&
  inner.right <= outer.right + 1 &&
  inner.top >= outer.top - 1 &&
  inner.bottom <= outer.bottom + 1;
const overlap = (a, b) =>
  a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;

/** Straight and solid, in the colour of lines: an axis. The lines of a grid are paler. */
const isAxis = (path) => {
  const { width, height } = path.getBoundingClientRect();
  const isLine = path.getAttribute('stroke') === 'var(--lines)' && !path.hasAttribute('stroke-opacity');
  return isLine && Math.min(width, height) <= 1 && Math.max(width, height) > 40;
};
/** A text may stand beside an axis, not on it. */
const isOn = (text, axis) =>
  overlap(
    { left: text.left + 2, right: text.right - 2, top: text.top + 2, bottom: text.bottom - 2 },
    {
      left: axis.left - 1,
      right: axis.right + 1,
      top: axis.top - 1,
      bottom: axis.bottom + 1,
    },
  );
/** A ring has parts, each drawn with arcs, and no axis. */
const isRing = (chart) => chart.querySelector('text') === null;

const charts = [...document.querySelectorAll('.chart svg')].filter(seen);
for (const chart of charts) {
  const name = chart.getAttribute('aria-label');
  const frame = chart.getBoundingClientRect();
  const texts = [...chart.querySelectorAll('text')].map((text) => ({
    text: text.textContent,
    box: text.getBoundingClientRect(),
    size: (Number.parseFloat(getComputedStyle(text).fontSize) * frame.width) / chart.viewBox.baseVal.width,
  }));
  const drawn = [...chart.querySelectorAll('path')].filter((path) => path.getTotalLength() > 0);
  if (drawn.length === 0) problems.push(`${name}: nothing is drawn`);
  if (isRing(chart) && drawn.filter((path) => /A/.test(path.getAttribute('d'))).length < 2)
    problems.push(`${name}: a ring of one part shows nothing`);
  const axes = drawn.filter(isAxis).map((path) => path.getBoundingClientRect());
  for (const { text, box } of texts) {
    if (axes.some((axis) => isOn(box, axis))) problems.push(`${name}: "${text}" is on an axis`);
  }
  for (const { text, box, size } of texts) {
    if (!inside(box, frame)) problems.push(`${name}: "${text}" is cut off`);
    if (size < 9) problems.push(`${name}: "${text}" is ${size.toFixed(1)} pixels high`);
  }
  for (const [index, one] of texts.entries()) {
    const other = texts.slice(index + 1).find(({ box }) => overlap(one.box, box));
    if (other) problems.push(`${name}: "${one.text}" and "${other.text}" overlap`);
  }
}
// On a phone tables are scrolled; on a desktop each column has its place in the card.
for (const table of document.querySelectorAll('.table')) {
  if (window.innerWidth >= 1100 && table.scrollWidth > table.clientWidth + 1)
    problems.push(`${table.getAttribute('aria-label')}: a column is outside its card`);
}
if (charts.length === 0) problems.push('no chart is to be seen');
const { scrollWidth } = document.documentElement;
if (scrollWidth > window.innerWidth)
  problems.push(`the page is ${scrollWidth} wide in a window of ${window.innerWidth}`);

window.parent.postMessage(JSON.stringify({ width: window.innerWidth, charts: charts.length, problems }), '*');
