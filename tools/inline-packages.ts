/** Bundles the packages that an install of ours does not bring into the compiled modules that import them. */
import path from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';

/**
 * What only a demo or a simulation needs would weigh on every install, and of the chart library a hundredth is drawn
 * with. Our own modules stay one by one, so that a stack trace can be read.
 * @param modules compiled ES modules, each of which is rewritten where it imports such a package.
 * @param installed names of the packages that an install brings.
 * @returns the files that were bundled.
 */
export async function inlinePackages(
  modules: readonly string[],
  installed: readonly string[],
): Promise<readonly string[]> {
  const importing = await importersOfOthers(modules, installed);
  const { metafile } = await build({
    ...OPTIONS,
    entryPoints: [...importing],
    external: [...installed],
    outdir: path.parse(process.cwd()).root,
    outbase: path.parse(process.cwd()).root,
    allowOverwrite: true,
    minify: true,
    legalComments: 'none',
  });
  return Object.keys(metafile.inputs);
}

/** The modules that import a package that is not installed with ours. */
async function importersOfOthers(
  modules: readonly string[],
  installed: readonly string[],
): Promise<readonly string[]> {
  const { metafile } = await build({
    ...OPTIONS,
    entryPoints: [...modules],
    outdir: path.parse(process.cwd()).root,
    packages: 'external',
    write: false,
  });
  const isOther = (specifier: string) =>
    !specifier.startsWith('.') &&
    !specifier.startsWith('node:') &&
    !installed.some((name) => specifier === name || specifier.startsWith(`${name}/`));
  return Object.entries(metafile.inputs).flatMap(([file, { imports }]) =>
    imports.some((imported) => imported.external && isOther(imported.path)) ? [path.resolve(file)] : [],
  );
}

const OURS_STAY: Plugin = {
  name: 'modules of our own stay as they are',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.{1,2}\// }, ({ path: module, importer }) =>
      importer.includes(`${path.sep}node_modules${path.sep}`) ? undefined : { path: module, external: true },
    ),
};

const OPTIONS = {
  bundle: true,
  metafile: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  logLevel: 'error',
  plugins: [OURS_STAY],
} as const satisfies BuildOptions;
