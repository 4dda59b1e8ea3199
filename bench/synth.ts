/**
 * How long `cdk synth` keeps people waiting: the app of this repository against an app with one bare
 * NodejsFunction and nothing else, each in a process of its own, in turns, with the flags of cdk.json.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const RUNS = 7;
const LIMIT = 1.5;

const root = fileURLToPath(new URL('..', import.meta.url));
const { context } = JSON.parse(readFileSync(path.join(root, 'cdk.json'), 'utf8'));

/** Milliseconds that an app takes to synthesize, as the CDK's command line runs it. */
function synthesize(app: string): number {
  const outdir = mkdtempSync(path.join(tmpdir(), 'synth-'));
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', path.join(root, app)], {
    cwd: root,
    env: { ...process.env, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(context) },
    encoding: 'utf8',
  });
  const milliseconds = performance.now() - started;
  rmSync(outdir, { recursive: true });
  if (status !== 0) throw new Error(`${app} does not synthesize: ${stderr}`);
  return milliseconds;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const apps = { bare: 'bench/bare-function-app.ts', reaper: 'lib/app.ts' };
// The first run of each fills the disk cache and tsx's own.
synthesize(apps.bare);
synthesize(apps.reaper);
const turns = Array.from({ length: RUNS }, () => ({
  bare: synthesize(apps.bare),
  reaper: synthesize(apps.reaper),
}));
const bare = median(turns.map((turn) => turn.bare));
const reaper = median(turns.map((turn) => turn.reaper));
const ratio = reaper / bare;

console.log(`Synthesis, median of ${RUNS} runs each, in turns`);
console.log(`  one bare NodejsFunction   ${bare.toFixed(0).padStart(6)} ms`);
console.log(`  the reaper                ${reaper.toFixed(0).padStart(6)} ms`);
console.log(`  ratio                     ${ratio.toFixed(2).padStart(6)}    at most ${LIMIT.toFixed(2)}`);
if (ratio > LIMIT) process.exitCode = 1;
