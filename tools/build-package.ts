/** `npm run build`: what the npm package holds, in `dist`. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { finishPackage } from './finish-package.js';

const root = path.dirname(import.meta.dirname);
const dist = path.join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
const typescript = path.dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
const compiler = path.join(typescript, 'bin', 'tsc');
const project = path.join(root, 'tsconfig.build.json');
execFileSync(process.execPath, [compiler, '--project', project], { stdio: 'inherit' });
await finishPackage(dist);
