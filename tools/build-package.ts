/** `npm run build`: what the npm package holds, in `dist`. */
import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
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
for (const folder of ['lib', path.join('lambda', 'contract')]) await toCommonJs(path.join(dist, folder));
await inlineChartLibrary();
cpSync(DEMO_FLEET, path.join(dist, path.relative(root, DEMO_FLEET)));

function compile(): void {
  const typescript = path.dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
  const compiler = path.join(typescript, 'bin', 'tsc');
  const project = path.join(root, 'tsconfig.build.json');
  execFileSync(process.execPath, [compiler, '--project', project], { stdio: 'inherit' });
}

/**
 * Turns a folder of compiled ES modules into CommonJS modules. Most CDK apps and their tests are CommonJS, and Jest
 * loads nothing else by default. ES modules import them by name all the same: esbuild lists the names for Node.
 */
async function toCommonJs(folder: string): Promise<void> {
  await build({
    entryPoints: modulesIn(folder),
    outdir: folder,
    outbase: folder,
    allowOverwrite: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    define: { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
    logLevel: 'warning',
  });
  // Says so to Node and to TypeScript, which read the package as ES modules otherwise.
  writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify({ type: 'commonjs' })}\n`);
}

function modulesIn(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.js')).map((file) => path.join(folder, file));
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
