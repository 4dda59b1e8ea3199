import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { run } from '../support/command-line.js';
import { anchorsOf, linkedFrom, namedOn } from './pages.js';

const AT_THE_TOP = readdirSync('.').filter((name) => name.endsWith('.md'));
const PAGES = [...AT_THE_TOP, ...markdownIn('docs'), ...markdownIn('examples')];

let commands: readonly string[];
beforeAll(async () => {
  const { stdout } = await run(['--help']);
  commands = [...stdout.matchAll(/^ {2}([a-z]+)/gm)].map(([, name = '']) => name);
});

describe.each(PAGES)('%s', (page) => {
  const named = namedOn(page, textOf(page));

  test('names only paths that exist', () => {
    expect(named.paths.filter((name) => !exists(name))).toEqual([]);
  });

  test('links only to headings that exist', () => {
    const missing = named.headings.filter(
      (heading) => !anchorsOf(textOf(heading.page)).includes(heading.anchor),
    );
    expect(missing).toEqual([]);
  });

  test('names only npm scripts that exist', () => {
    expect(named.scripts.filter((script) => !(script in packageJson.scripts))).toEqual([]);
  });

  test('names only commands that exist', () => {
    const shown = [...textOf(page).matchAll(/npx athena-session-reaper ([a-z]+)/g)];
    expect(shown.map(([, command = '']) => command).filter((command) => !commands.includes(command))).toEqual(
      [],
    );
  });
});

test.each(PAGES)('in the package, too, what %s links to is there', (page) => {
  const packed = ['README.md', 'LICENSE', 'package.json', ...packageJson.files];
  const linked = linkedFrom(page, textOf(page));

  expect(
    linked.filter((name) => !packed.some((entry) => name === entry || name.startsWith(`${entry}/`))),
  ).toEqual([]);
});

test('the index of docs/ leads to every page of it', () => {
  const linked = linkedFrom('docs/README.md', textOf('docs/README.md'));
  const pages = markdownIn('docs').filter(
    (page) => !page.startsWith('docs/decisions/') && page !== 'docs/README.md',
  );

  expect(linked).toEqual(expect.arrayContaining(pages));
});

test('docs/faq.md answers the twelve questions of an operator', () => {
  const questions = textOf('docs/faq.md').match(/^## .+\?$/gm) ?? [];

  expect(questions).toHaveLength(12);
  expect(textOf('docs/faq.md').match(/^## /gm)).toHaveLength(12);
});

test.each(['lambda', 'lib', 'local'])('the tree in CONTRIBUTING.md names every folder of %s/', (folder) => {
  const { paths } = namedOn('CONTRIBUTING.md', textOf('CONTRIBUTING.md'));
  const missing = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !paths.includes(`${folder}/${entry.name}/`))
    .map(({ name }) => `${folder}/${name}/`);
  expect(missing).toEqual([]);
});

test('a page names paths in code, in links and in a tree, and scripts with and without options', () => {
  const markdown = [
    'See `lambda/handler.ts` or [the other](../lib/app.ts#one-part), not `dist/lib/index.js`, `a/b` or [b](https://c.d).',
    '```sh\nnpm run --silent synth\nnpm run docs:cli -- --help\nbash test/athena-cli.sh\n```',
    '```text\nlocal/     what runs here\n  cli/     commands\n    a.ts   one\n  b.ts     another\n```',
  ].join('\n\n');
  expect(namedOn('docs/page.md', markdown)).toEqual({
    paths: [
      'lambda/handler.ts',
      'test/athena-cli.sh',
      'local/',
      'local/cli/',
      'local/cli/a.ts',
      'local/b.ts',
      'lib/app.ts',
    ],
    headings: [{ page: 'lib/app.ts', anchor: 'one-part' }],
    scripts: ['synth', 'docs:cli'],
  });
  expect(anchorsOf('# How to stop the *reaper*?\n\n## `tags.enabled`')).toEqual([
    'how-to-stop-the-reaper',
    'tagsenabled',
  ]);
});

function markdownIn(folder: string): string[] {
  return readdirSync(folder, { encoding: 'utf8', recursive: true })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join(folder, name));
}

function textOf(page: string): string {
  return readFileSync(page, 'utf8');
}

function exists(name: string): boolean {
  return existsSync(name) && (!name.endsWith('/') || statSync(name).isDirectory());
}
