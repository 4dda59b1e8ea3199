/** How the function's code is bundled, and which of its exports Lambda calls. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { BuildOptions, TransformOptions } from 'esbuild';

const root = path.join(import.meta.dirname, '..', '..');

/** Where the npm package has the bundle: `dist/function`, beside `dist/lib`. */
export const PREBUILT_FUNCTION = path.join(root, 'function');

/** The sources that the bundle is made of. */
export const FUNCTION_SOURCES = path.join(root, 'lambda');

/** Where the entry points are. */
const HANDLER = path.join(FUNCTION_SOURCES, 'handler.ts');

/** What Lambda needs to find the entry point, see {@link handlerSetting}. */
const ENTRY = 'index';

const TARGET = { platform: 'node', target: 'node24', minify: true, charset: 'utf8' } as const;

/**
 * How the function is bundled: for a deployment from the sources, for the npm package, for the bench.
 * The SDK is bundled too, so that what was tested is what runs, and the runtime's own need not be looked for, but for
 * what most deployments never ask for.
 */
const BUNDLED = {
  ...TARGET,
  bundle: true,
  // What is imported later, by import(), is in files of its own: a plain sweep never reads them.
  format: 'esm',
  splitting: true,
  external: [
    // What most deployments never load: the Lambda runtime has every client of the SDK, where require finds it.
    ...['@aws-sdk/client-cloudtrail', '@aws-sdk/client-cloudwatch-logs', '@aws-sdk/client-eventbridge'],
    // What the SDK loads only for services that stream events, and in a browser.
    ...['@smithy/core/event-streams', 'bowser'],
  ],
  // The packages' ES modules leave out what is not used: a third less to load at each cold start.
  mainFields: ['module', 'main'],
  // Lambda gives credentials in the environment: a quarter less to load, and no code that looks for others.
  alias: { '@aws-sdk/credential-provider-node': path.join(FUNCTION_SOURCES, 'credentials.ts') },
  entryNames: ENTRY,
  legalComments: 'none',
  logLevel: 'error',
} satisfies BuildOptions;

/** esbuild splits only ES modules; but Lambda's runtime has its clients where require finds them, and import does not. */
const AS_COMMON_JS = {
  ...TARGET,
  format: 'cjs',
  supported: { 'dynamic-import': false },
} satisfies TransformOptions;

/** Lambda's handler setting for one of the functions that `lambda/handler.ts` exports. */
export function handlerSetting(exported: 'handler' | 'organizationHandler'): string {
  return `${ENTRY}.${exported}`;
}

/**
 * Writes the bundle into a folder. Only this needs esbuild, which the npm package does not bring.
 * @param entry the module whose exports Lambda can call.
 * @returns the files that the bundle was made of.
 */
export function bundleFunction(outdir: string, entry = HANDLER): readonly string[] {
  const esbuild: typeof import('esbuild') = createRequire(import.meta.filename)('esbuild');
  const { metafile, outputFiles } = esbuild.buildSync({
    ...BUNDLED,
    entryPoints: [entry],
    metafile: true,
    write: false,
    outdir,
  });
  mkdirSync(outdir, { recursive: true });
  for (const { path: file, text } of outputFiles) {
    writeFileSync(file, esbuild.transformSync(text, AS_COMMON_JS).code);
  }
  return Object.keys(metafile.inputs);
}
