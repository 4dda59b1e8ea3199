/** Makes of compiled sources what the npm package holds. */
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { bundleFunction } from '../lib/function/bundle.js';
import { DEMO_FLEET } from '../local/athena/fleets/fleet.js';
import { bundleCdk } from './bundle-cdk.js';
import { inlinePackages } from './inline-packages.js';
import { licencesOf } from './licences.js';

const root = path.dirname(import.meta.dirname);

/** What the construct is made of: what an app loads. */
const COMMON_JS = ['lib', path.join('lambda', 'contract')];

/**
 * Adds the function's bundle, turns what apps load into CommonJS, and bundles what an install does not bring.
 * @param dist with `lib`, `lambda` and `local`, compiled to ES modules.
 */
export async function finishPackage(dist: string): Promise<void> {
  // The function's code, so that nobody who deploys the package needs esbuild.
  keepLicences(path.join(dist, 'function'), bundleFunction(path.join(dist, 'function')));
  for (const folder of COMMON_JS) await toCommonJs(path.join(dist, folder));
  const { dependencies, peerDependencies } = JSON.parse(
    readFileSync(path.join(root, 'package.json'), 'utf8'),
  );
  const brought = Object.keys(dependencies);
  keepLicences(path.join(dist, 'local'), [
    ...(await inlinePackages(esModules(dist), [...brought, ...Object.keys(peerDependencies)])),
    ...(await bundleCdk(path.join(dist, 'local', 'template', 'cdk.js'), brought)),
  ]);
  cpSync(DEMO_FLEET, path.join(dist, path.relative(root, DEMO_FLEET)));
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

/** The modules of the command line, and of the function's that it runs itself. */
function esModules(dist: string): readonly string[] {
  const others = COMMON_JS.map((folder) => path.join(dist, folder) + path.sep);
  return ['lambda', 'local']
    .flatMap((folder) => modulesIn(path.join(dist, folder)))
    .filter((file) => !others.some((folder) => file.startsWith(folder)));
}

function keepLicences(folder: string, bundled: readonly string[]): void {
  writeFileSync(path.join(folder, 'THIRD-PARTY-LICENSES'), licencesOf(bundled));
}
