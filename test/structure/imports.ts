// Reads which files import which, out of the syntax tree: values, types, re-exports, import() of either kind.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync, Visitor } from 'rolldown/utils';

export interface Import {
  /** The file that imports, from the root of the repository. */
  readonly from: string;
  /** The imported file, from the root of the repository; a package as `npm:` and its name. */
  readonly to: string;
  /** Whether nothing but types is imported, so that nothing of it runs. */
  readonly typesOnly: boolean;
}

/** Every import of every TypeScript file in these folders of the repository. */
export function importsIn(folders: readonly string[]): Import[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { encoding: 'utf8', recursive: true })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => {
        const file = path.join(folder, name);
        return importsOf(file, readFileSync(file, 'utf8'));
      }),
  );
}

/** The imports of one file with this text. */
export function importsOf(file: string, text: string): Import[] {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  const found: Import[] = [];
  const add = (specifier: string, typesOnly: boolean): void => {
    found.push({ from: file, to: resolved(file, specifier), typesOnly });
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.source.value, node.importKind === 'type'),
    ExportAllDeclaration: (node) => add(node.source.value, node.exportKind === 'type'),
    ExportNamedDeclaration: (node) => {
      if (node.source) add(node.source.value, node.exportKind === 'type');
    },
    ImportExpression: (node) => {
      if (node.source.type === 'Literal' && typeof node.source.value === 'string')
        add(node.source.value, false);
    },
    TSImportType: (node) => add(node.source.value, true),
  }).visit(program);
  return found;
}

/** A file is imported by the name that it has once compiled: `./sweep.js` is `sweep.ts`. */
function resolved(file: string, specifier: string): string {
  if (!specifier.startsWith('.')) return `npm:${specifier}`;
  const target = path.join(path.dirname(file), specifier);
  const source = target.replace(/\.js$/, '.ts');
  return existsSync(source) ? source : target;
}
