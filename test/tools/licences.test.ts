import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { licencesOf } from '../../tools/licences.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'licences-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** @returns a file of a package that brings these texts. */
function packageWith(name: string, license: string, texts: Readonly<Record<string, string>>): string {
  const place = path.join(folder, 'node_modules', name);
  mkdirSync(place, { recursive: true });
  writeFileSync(path.join(place, 'package.json'), JSON.stringify({ name, version: '1.2.3', license }));
  for (const [file, text] of Object.entries(texts)) writeFileSync(path.join(place, file), text);
  return path.join(place, 'lib', 'index.js');
}

test('a package is named with its version, its licence and its notices', () => {
  const file = packageWith('@some/thing', 'ISC', { LICENSE: 'Do what you like.\n', NOTICE: 'By somebody.' });
  expect(licencesOf([file, file])).toBe('@some/thing 1.2.3 (ISC)\n\nDo what you like.\n\nBy somebody.\n');
});

test('packages with the same text share it', () => {
  const files = ['one', 'two'].map((name) => packageWith(name, 'MIT', { 'license.md': 'The text.' }));
  expect(licencesOf(files)).toBe('one 1.2.3 (MIT)\ntwo 1.2.3 (MIT)\n\nThe text.\n');
});

test('a licence whose text names nobody is given in full where a package leaves it out', () => {
  expect(licencesOf([packageWith('sdk', 'Apache-2.0', {})])).toContain('Version 2.0, January 2004');
});

test('a package without the text that its licence asks for is refused', () => {
  const file = packageWith('careless', 'MIT', {});
  expect(() => licencesOf([file])).toThrow('careless is bundled under MIT, and brings no licence text');
});

test('files of our own need no licence', () => {
  expect(licencesOf(['lambda/handler.ts'])).toBe('');
});
