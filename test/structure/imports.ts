// Reads which files import which, as a parser sees it: values, types, re-exports, import() of either kind.

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
  const parsed = parseSync(file, text);
  const [error] = parsed.errors;
  if (error) throw new Error(`${file} cannot be parsed: ${error.message}`);
  // The syntax tree takes most of the time, and few files import anything within an expression or a type.
  const found = [
    ...statementsIn(parsed.module, text),
    ...(/\bimport\s*\(/.test(text) ? callsIn(parsed.program) : []),
  ];
  return found.map(({ specifier, typesOnly }) => ({ from: file, to: resolved(file, specifier), typesOnly }));
}

type Parsed = ReturnType<typeof parseSync>;
type Found = { readonly specifier: string; readonly typesOnly: boolean };

/** Imports and re-exports, as the parser lists them. */
function statementsIn({ staticImports, staticExports }: Parsed['module'], text: string): Found[] {
  const imports = staticImports.map(({ start, moduleRequest }) => ({
    start,
    specifier: moduleRequest.value,
  }));
  const exports = staticExports.flatMap(({ start, entries: [first] }) =>
    first?.moduleRequest ? [{ start, specifier: first.moduleRequest.value }] : [],
  );
  return [...imports, ...exports].map(({ start, specifier }) => ({
    specifier,
    typesOnly: /^(import|export) type\b/.test(text.slice(start, start + 12)),
  }));
}

/** `import()` of a value, and of a type. */
function callsIn(program: Parsed['program']): Found[] {
  const found: Found[] = [];
  new Visitor({
    ImportExpression: ({ source }) => {
      if (source.type === 'Literal' && typeof source.value === 'string')
        found.push({ specifier: source.value, typesOnly: false });
    },
    TSImportType: ({ source }) => {
      found.push({ specifier: source.value, typesOnly: true });
    },
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
