/** How the function's code is bundled, and which of its exports Lambda calls. */
import { createRequire } from 'node:module';
import path from 'node:path';
import type { BuildOptions } from 'esbuild';

const root = path.join(import.meta.dirname, '..', '..');

/** Where the npm package has the bundle: `dist/function`, beside `dist/lib`. */
export const PREBUILT_FUNCTION = path.join(root, 'function');

/** The sources that the bundle is made of. */
export const FUNCTION_SOURCES = path.join(root, 'lambda');

/**
 * How the function is bundled: for a deployment from the sources, for the npm package, for the bench.
 * The SDK is bundled too, so that what was tested is what runs, and the runtime's own need not be looked for, but for
 * what most deployments never ask for.
 */
export const FUNCTION_BUNDLE = {
  entryPoints: [path.join(FUNCTION_SOURCES, 'handler.ts')],
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  // What most deployments never load: the Lambda runtime has every client of the SDK, where require finds it.
  external: ['@aws-sdk/client-cloudtrail', '@aws-sdk/client-cloudwatch-logs', '@aws-sdk/client-eventbridge'],
  supported: { 'dynamic-import': false },
  // The packages' ES modules leave out what is not used: a third less to load at each cold start.
  mainFields: ['module', 'main'],
  // Lambda gives credentials in the environment: a quarter less to load, and no code that looks for others.
  alias: { '@aws-sdk/credential-provider-node': path.join(FUNCTION_SOURCES, 'credentials.ts') },
  // What the Lambda runtime needs to find the entry point, see handlerSetting.
  entryNames: 'index',
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'error',
} as const satisfies BuildOptions;

/** Lambda's handler setting for one of the functions that `lambda/handler.ts` exports. */
export function handlerSetting(exported: 'handler' | 'organizationHandler'): string {
  return `${FUNCTION_BUNDLE.entryNames}.${exported}`;
}

/**
 * Writes the bundle into a folder. Only this needs esbuild, which the npm package does not bring.
 * @returns the files that the bundle was made of.
 */
export function bundleFunction(outdir: string): readonly string[] {
  const esbuild: typeof import('esbuild') = createRequire(import.meta.filename)('esbuild');
  const { metafile } = esbuild.buildSync({
    ...FUNCTION_BUNDLE,
    entryPoints: [...FUNCTION_BUNDLE.entryPoints],
    mainFields: [...FUNCTION_BUNDLE.mainFields],
    external: [...FUNCTION_BUNDLE.external],
    metafile: true,
    outdir,
  });
  return Object.keys(metafile.inputs);
}
