import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { fileCircles, folderCircles } from './structure/circles.js';
import { importsIn } from './structure/imports.js';
import { arrowsAgainstThePlan } from './structure/plan.js';

const imports = importsIn(['lambda', 'lib', 'local', 'tools', 'test', 'bench']);

test('the repository has no circle between files', () => {
  expect(imports.length).toBeGreaterThan(1000);
  expect(fileCircles(imports)).toEqual([]);
});

test('the repository has no circle between folders, at any depth', () => {
  expect(folderCircles(imports)).toEqual([]);
});

test('the repository has no import that goes against the plan', () => {
  expect(arrowsAgainstThePlan(imports)).toEqual([]);
});

test.each(['lambda', 'lib', 'local', 'tools'])(
  'the folders of %s have their tests in folders of the same names',
  (room) => {
    expect(foldersWith('.test.ts', 'test', room)).toEqual(foldersWith('.ts', '.', room));
  },
);

/** The folders under a room that hold such a file, also deeper. */
function foldersWith(ending: string, root: string, room: string): readonly string[] {
  const files = readdirSync(path.join(root, room), { recursive: true, encoding: 'utf8' });
  const folders = files.filter((file) => file.endsWith(ending)).flatMap(foldersAbove);
  return [...new Set(folders)].sort();
}

function foldersAbove(file: string): readonly string[] {
  const names = file.split(path.sep).slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}
