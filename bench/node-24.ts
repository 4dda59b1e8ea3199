/** The Node.js that Lambda runs the function with, whichever runs the bench. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const CACHE = fileURLToPath(new URL('../node_modules/.cache/node-24', import.meta.url));

/** @returns the path of Node.js 24, which npm installs beside the other packages where it is not there yet. */
export function node24(): string {
  const name = `node-${process.platform}-${process.arch}`;
  const file = path.join(CACHE, 'node_modules', name, 'bin', 'node');
  const options = ['--silent', '--no-save', '--no-package-lock', '--prefix', CACHE];
  if (!existsSync(file)) execFileSync('npm', ['install', ...options, `${name}@24`], { stdio: 'inherit' });
  return file;
}
