/** `npm run build`: what the npm package holds, in `dist`. */
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { bundleFunction } from './lib/function-bundle.js';
import { DEMO_FLEET } from './local/athena/fleet.js';

const root = import.meta.dirname;
const dist = path.join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
const compiler = path.join(
  path.dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
  'bin',
  'tsc',
);
execFileSync(process.execPath, [compiler, '--project', path.join(root, 'tsconfig.build.json')], {
  stdio: 'inherit',
});
// The function's code, so that nobody who deploys the package needs esbuild.
bundleFunction(path.join(dist, 'function'));
cpSync(DEMO_FLEET, path.join(dist, path.relative(root, DEMO_FLEET)));
