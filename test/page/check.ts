/**
 * `npm run check:page`: opens the pages of a simulation in headless Chromium, on a desktop and on a phone, and
 * fails for what a person would see: a chart without a drawing, a ring of one part, labels that overlap, are on an axis,
 * cut off or too small, a column outside its card, a page wider than its window, an error on the console.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as v from 'valibot';

const CHROMIUM = process.env.CHROMIUM ?? 'chromium';
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--enable-logging=stderr',
];
/** A desktop, and a phone. */
const WIDTHS = [1_340, 390];
const SIMULATIONS = [
  // As the README has it.
  [],
  ['--profile', 'chaos', '--hours', '24'],
  ['--profile', 'studio', '--hours', '14', '--study', 'idle-minutes=15,60'],
];

const measuredSchema = v.object({ width: v.number(), charts: v.number(), problems: v.array(v.string()) });

const folder = mkdtempSync(path.join(tmpdir(), 'page-'));
try {
  const problems = SIMULATIONS.flatMap((options) => {
    const page = path.join(folder, 'page.html');
    execFileSync('npm', ['run', '--silent', 'simulate', '--', ...options, '--page', page], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return WIDTHS.flatMap((width) =>
      problemsOf(page, width).map((problem) => `simulate ${options.join(' ')}: ${problem}`),
    );
  });
  console.log(problems.length === 0 ? 'The pages are as they should be.' : problems.join('\n'));
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}

/** What is wrong with a page in a window of that width. */
function problemsOf(page: string, width: number): readonly string[] {
  const script = readFileSync(new URL('measure.js', import.meta.url), 'utf8');
  const measuring = path.join(folder, 'measuring.html');
  writeFileSync(
    measuring,
    readFileSync(page, 'utf8').replace('</body>', `<script>${script}</script></body>`),
  );
  const around = path.join(folder, 'around.html');
  writeFileSync(around, frame(measuring, width));
  const { dom, errors } = opened(around);
  const text = /<pre id="measured">([^<]*)/.exec(dom)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const measured = v.parse(measuredSchema, JSON.parse(text));
  if (measured.width !== width) return [`a window of ${width} was ${measured.width} wide`];
  return [...measured.problems, ...errors].map((problem) => `${width} wide: ${problem}`);
}

/** The page in a frame, because a window of Chromium is never as narrow as a phone. */
function frame(page: string, width: number): string {
  return `<!doctype html><pre id="measured"></pre>
<script>addEventListener('message', ({ data }) => { document.getElementById('measured').textContent = data })</script>
<iframe src="${path.basename(page)}" width="${width}" height="900" style="border:0"></iframe>`;
}

/** The document as it is once it has loaded, and what was said on the console. */
function opened(page: string): { readonly dom: string; readonly errors: readonly string[] } {
  const profile = path.join(folder, 'profile');
  const args = [
    ...FLAGS,
    `--user-data-dir=${profile}`,
    '--virtual-time-budget=5000',
    '--dump-dom',
    pathToFileURL(page).href,
  ];
  const { stdout, stderr, error } = spawnSync(CHROMIUM, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    timeout: 60_000,
  });
  if (error) throw error;
  return { dom: stdout, errors: stderr.split('\n').filter((line) => line.includes('CONSOLE')) };
}
