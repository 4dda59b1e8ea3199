/** Programs of the sources, for tests that start several processes: each would take seconds to compile its modules. */
import { copyFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { DEMO_FLEET } from '../../local/athena/fleets/fleet.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Bundles a program with all that it imports but the CDK, and puts the files beside it that it reads. The folder goes
 * with the temporary folder of the test run.
 * @param entry from the repository's root, e.g. `local/cli.ts`.
 * @returns what Node is to be started with.
 */
export async function bundledProgram(entry: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'reaper-program-'));
  await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outdir: folder,
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    mainFields: ['module', 'main'],
    external: ['aws-cdk-lib', 'constructs', 'esbuild'],
    // For the packages among them that are CommonJS.
    banner: { js: "import { createRequire as of } from 'node:module'; const require = of(import.meta.url);" },
    logLevel: 'warning',
  });
  await copyFile(DEMO_FLEET, path.join(folder, path.basename(DEMO_FLEET)));
  await copyFile(path.join(ROOT, 'package.json'), path.join(folder, 'package.json'));
  return path.join(folder, `${path.basename(entry, '.ts')}.js`);
}
