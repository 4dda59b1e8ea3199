/** Handlers bundled as the function is, each into a folder of its own. */
import { rmSync } from 'node:fs';
import { mkdtemp, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { FUNCTION_BUNDLE } from '../lib/function/bundle.js';

export interface Bundle {
  readonly file: string;
  readonly bytes: number;
}

/**
 * @param source of a handler, relative to this folder.
 * @param changes to how the function is bundled.
 */
export async function bundled(source: string, changes: Pick<BuildOptions, 'alias'> = {}): Promise<Bundle> {
  const outdir = await mkdtemp(path.join(tmpdir(), 'athena-session-reaper-bench-'));
  process.once('exit', () => rmSync(outdir, { recursive: true, force: true }));
  const entry = fileURLToPath(new URL(source, import.meta.url));
  await build({
    ...FUNCTION_BUNDLE,
    entryPoints: [entry],
    mainFields: [...FUNCTION_BUNDLE.mainFields],
    outdir,
    ...changes,
  });
  const file = path.join(outdir, 'index.js');
  return { file, bytes: (await stat(file)).size };
}
