/** `npm run build`: what the npm package holds, in `dist`. */
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import { bundleFunction } from '../lib/function/bundle.js';
import { DEMO_FLEET } from '../local/athena/fleets/fleet.js';

const root = path.dirname(import.meta.dirname);
const dist = path.join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
compile();
// The function's code, so that nobody who deploys the package needs esbuild.
bundleFunction(path.join(dist, 'function'));
await inlineChartLibrary();
cpSync(DEMO_FLEET, path.join(dist, path.relative(root, DEMO_FLEET)));

function compile(): void {
  const typescript = path.dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
  const compiler = path.join(typescript, 'bin', 'tsc');
  const project = path.join(root, 'tsconfig.build.json');
  execFileSync(process.execPath, [compiler, '--project', project], { stdio: 'inherit' });
}

/** What is drawn with of the chart library is a hundredth of it, and installing the rest takes longer than all else. */
async function inlineChartLibrary(): Promise<void> {
  const file = path.join(dist, 'local', 'simulation', 'page', 'chart.js');
  await build({
    entryPoints: [file],
    outfile: file,
    allowOverwrite: true,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    plugins: [
      {
        name: 'modules of our own stay as they are',
        setup: ({ onResolve }) =>
          onResolve({ filter: /^\.{1,2}\// }, ({ path: module, importer }) =>
            importer === file ? { path: module, external: true } : undefined,
          ),
      },
    ],
  });
}
