/** Bundles the CDK, as far as the stack needs it, into the module of the command line that makes templates. */
import { type BuildOptions, build, type Plugin } from 'esbuild';

/**
 * Installed, the CDK has 250 MB, and most people who look for sessions never make a stack. An app that has the
 * construct in it loads the app's own CDK.
 * @param module a compiled ES module, which is rewritten.
 * @param installed names of the packages that an install brings.
 * @returns the files that were bundled.
 */
export async function bundleCdk(module: string, installed: readonly string[]): Promise<readonly string[]> {
  // Only a stack that is made from the sources bundles its function anew.
  const external = [...installed, 'esbuild'];
  const { metafile } = await build({ ...OPTIONS, external, entryPoints: [module], outfile: module });
  return Object.keys(metafile.inputs);
}

/** The library's own entry leads to the constructs of every service. Those in use are imported one by one. */
const CORE_ALONE: Plugin = {
  name: 'of aws-cdk-lib the core alone',
  setup: ({ onResolve, resolve }) =>
    onResolve({ filter: /^aws-cdk-lib$/ }, ({ resolveDir, kind }) =>
      resolve('aws-cdk-lib/core', { resolveDir, kind }),
    ),
};

/** What the CDK's CommonJS modules find in theirs. `dist/local/template` is as deep in the package as `dist/lib/function`. */
const COMMON_JS_NAMES = [
  "import { createRequire as requireFrom } from 'node:module';",
  'const require = requireFrom(import.meta.url);',
  'const __dirname = import.meta.dirname;',
  'const __filename = import.meta.filename;',
].join('\n');

const OPTIONS = {
  bundle: true,
  // The CDK comes with short names already. To look for shorter ones takes ten times as long.
  minifyWhitespace: true,
  metafile: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  allowOverwrite: true,
  legalComments: 'none',
  logLevel: 'error',
  banner: { js: COMMON_JS_NAMES },
  plugins: [CORE_ALONE],
} as const satisfies BuildOptions;
