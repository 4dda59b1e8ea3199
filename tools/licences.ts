/** The licences of what is bundled: most of them ask to be kept with every copy. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The licence and the notices of each package that files were taken from, as one text. Packages that bring the same
 * text share it.
 * @throws Error where a package brings no licence text and its licence asks for one.
 */
export function licencesOf(files: readonly string[]): string {
  const folders = [...new Set(files.flatMap(folderOfPackage))].sort();
  const titlesByText = new Map<string, Set<string>>();
  for (const folder of folders) {
    const { title, text } = licenceOf(folder);
    titlesByText.set(text, (titlesByText.get(text) ?? new Set()).add(title));
  }
  return [...titlesByText]
    .map(([text, titles]) => `${[...titles].join('\n')}\n\n${text}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

/** The folder of the package that a file belongs to; none for a file of our own. */
function folderOfPackage(file: string): readonly string[] {
  const [, folder] = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file.replaceAll(path.sep, '/')) ?? [];
  return folder === undefined ? [] : [folder];
}

function licenceOf(folder: string): { readonly title: string; readonly text: string } {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const texts = filesOf(folder).map((file) => readFileSync(file, 'utf8').trim());
  const text = texts.length > 0 ? texts.join('\n\n') : GENERAL_TEXTS.get(license)?.trim();
  if (text === undefined) throw new Error(`${name} is bundled under ${license}, and brings no licence text`);
  return { title: `${name} ${version} (${license})`, text };
}

/** Texts in the folder itself, and those of others' work that a package may keep in `licenses`. */
function filesOf(folder: string): readonly string[] {
  const own = readdirSync(folder).filter((file) =>
    /^(licen[cs]e|notice|copyrightnotice)([.-]|$)/i.test(file),
  );
  const others = path.join(folder, 'licenses');
  const kept = existsSync(others) ? readdirSync(others).map((file) => path.join('licenses', file)) : [];
  return [...own, ...kept].sort().map((file) => path.join(folder, file));
}

/** Of licences whose text names no copyright holder, for the packages that leave it out. */
const GENERAL_TEXTS: ReadonlyMap<string, string> = new Map([
  ['Apache-2.0', readFileSync(path.join(import.meta.dirname, '..', 'LICENSE'), 'utf8')],
  ['MIT-0', 'MIT No Attribution: may be copied without this notice.'],
]);
