// Finds what a Markdown page names that must exist: paths of the repository, links, headings, npm scripts.

import path from 'node:path';
import { marked, type Token } from 'marked';

/** Not `dist/` and the like, which exist only after a build. */
const IN_THE_REPOSITORY = /^(\.ci|bench|docs|examples|lambda|lib|local|test|tools)\/[\w./-]*$/;

interface Link {
  /** From the root of the repository. */
  readonly page: string;
  /** Empty for a link to the whole page. */
  readonly anchor: string;
}

export interface Named {
  /** Paths from the root of the repository; one that ends with a slash is a folder. */
  readonly paths: readonly string[];
  /** Links to headings. */
  readonly headings: readonly Link[];
  readonly scripts: readonly string[];
}

/** @param page its path from the root of the repository, to which its links are relative. */
export function namedOn(page: string, markdown: string): Named {
  const tokens = tokensOf(markdown);
  const links = tokens.flatMap((token) => linkIn(token, page));
  return {
    paths: [...tokens.flatMap(pathsIn), ...links.map((link) => link.page)],
    headings: links.filter(({ anchor }) => anchor !== ''),
    scripts: [...markdown.matchAll(/\bnpm run (?:--?[\w-]+ )*([\w:-]+)/g)].map(([, script = '']) => script),
  };
}

/** The pages and files that a page links to, or shows. */
export function linkedFrom(page: string, markdown: string): string[] {
  return tokensOf(markdown).flatMap((token) => linkIn(token, page).map((link) => link.page));
}

interface Code {
  /** The blocks of code in a language. */
  readonly blocks: (language: string) => string[];
  readonly spans: readonly string[];
}

export function codeOn(markdown: string): Code {
  const tokens = tokensOf(markdown);
  return {
    blocks: (language) =>
      tokens.flatMap((token) => (token.type === 'code' && token.lang === language ? [token.text] : [])),
    spans: tokens.flatMap((token) => (token.type === 'codespan' ? [token.text] : [])),
  };
}

/** The anchors of a page's headings, made as GitHub makes them. */
export function anchorsOf(markdown: string): string[] {
  return tokensOf(markdown).flatMap((token) => (token.type === 'heading' ? [anchorOf(token.text)] : []));
}

function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}\s_-]/gu, '')
    .replaceAll(' ', '-');
}

const read = new Map<string, readonly Token[]>();

/** Read once for each page: others link to many of its headings. */
function tokensOf(markdown: string): readonly Token[] {
  const tokens = read.get(markdown) ?? tokensIn(markdown);
  read.set(markdown, tokens);
  return tokens;
}

function tokensIn(markdown: string): readonly Token[] {
  const tokens: Token[] = [];
  marked.walkTokens(marked.lexer(markdown), (token) => {
    tokens.push(token);
  });
  return tokens;
}

function pathsIn(token: Token): string[] {
  if (token.type !== 'codespan' && token.type !== 'code') return [];
  return (
    treeIn(token.text) ?? token.text.split(/[\s'"]+/).filter((word: string) => IN_THE_REPOSITORY.test(word))
  );
}

function linkIn(token: Token, page: string): Link[] {
  if ((token.type !== 'link' && token.type !== 'image') || /^[a-z]+:/.test(token.href)) return [];
  const [target = '', anchor = ''] = token.href.split('#');
  return [{ page: target === '' ? page : path.join(path.dirname(page), target), anchor }];
}

/**
 * The paths of a tree of folders, a name on each line and its parts indented by two spaces below it:
 * `lambda/` and below it `  handler.ts` is `lambda/handler.ts`. Undefined where the code is no such tree.
 */
function treeIn(code: string): string[] | undefined {
  if (!/^[\w.]+\/ /.test(code)) return undefined;
  const folders: string[] = [];
  return code.split('\n').map((line) => {
    const [, indent = '', name = ''] = /^( *)(\S+)/.exec(line) ?? [];
    folders.splice(indent.length / 2, Number.POSITIVE_INFINITY, name);
    return folders.join('');
  });
}
