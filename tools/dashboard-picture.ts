/**
 * `npm run docs:dashboard`: simulates a day of the team and makes docs/dashboard.png of the dashboard at its end. Needs
 * Chromium, and pngquant, which makes the picture a third as large.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const PICTURE = 'docs/dashboard.png';
const WIDTH = 1_400;
/** Nothing but the dashboard, which says how high it is. */
const ONLY_THE_DASHBOARD = `<style>body > :not(main) { display: none !important } body { padding: 16px }</style>
<script>document.body.dataset.height = String(document.documentElement.scrollHeight)</script></body>`;

const folder = mkdtempSync(path.join(tmpdir(), 'dashboard-'));
try {
  const page = path.join(folder, 'page.html');
  execFileSync('npx', ['tsx', 'local/cli.ts', 'simulate', '--page', page], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  writeFileSync(page, readFileSync(page, 'utf8').replace('</body>', ONLY_THE_DASHBOARD));
  const { href } = pathToFileURL(page);
  // Low, because the page is never lower than its window.
  const [, height] =
    /data-height="(\d+)"/.exec(chromium(`--window-size=${WIDTH},100`, '--dump-dom', href)) ?? [];
  if (height === undefined) throw new Error('The page does not say how high it is');
  const large = path.join(folder, 'dashboard.png');
  chromium(`--window-size=${WIDTH},${height}`, `--screenshot=${large}`, href);
  execFileSync('pngquant', ['--force', '--strip', '--output', PICTURE, '64', large]);
  console.log(`${PICTURE}: ${WIDTH} by ${height} pixels`);
} finally {
  rmSync(folder, { recursive: true });
}

/** What a headless Chromium prints, in light colours. */
function chromium(...args: readonly string[]): string {
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--no-first-run'];
  const light = '--blink-settings=preferredColorScheme=1';
  const profile = `--user-data-dir=${path.join(folder, 'profile')}`;
  return execFileSync(process.env.CHROMIUM ?? 'chromium', [...flags, light, profile, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}
