/** Handlers bundled as the function is, or as people bundle theirs, each into a folder of its own. */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { bundleFunction } from '../lib/function/bundle.js';

export interface Bundle {
  readonly file: string;
  /** Of all its files. */
  readonly bytes: number;
}

/** @param source of a handler, relative to this folder. */
export function bundled(source: string): Bundle {
  return bundleBy((outdir) => bundleFunction(outdir, absolute(source)));
}

/** As one file, with the SDK's own way to credentials. @param source of a handler, relative to this folder. */
export function bundledAsUsual(source: string): Bundle {
  return bundleBy((outdir) =>
    buildSync({
      entryPoints: [absolute(source)],
      entryNames: 'index',
      outdir,
      ...{ bundle: true, minify: true, platform: 'node', target: 'node24', format: 'cjs' },
      mainFields: ['module', 'main'],
      supported: { 'dynamic-import': false },
    }),
  );
}

function absolute(source: string): string {
  return fileURLToPath(new URL(source, import.meta.url));
}

function bundleBy(write: (outdir: string) => unknown): Bundle {
  const outdir = mkdtempSync(path.join(tmpdir(), 'athena-session-reaper-bench-'));
  process.once('exit', () => rmSync(outdir, { recursive: true, force: true }));
  write(outdir);
  const sizes = readdirSync(outdir).map((name) => statSync(path.join(outdir, name)).size);
  return { file: path.join(outdir, 'index.js'), bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
