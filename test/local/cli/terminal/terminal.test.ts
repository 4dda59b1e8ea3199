import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import {
  coloursFor,
  columnsOf,
  isTerminal,
  tableColumnsOf,
} from '../../../../local/cli/terminal/terminal.js';
import { useEnvironment } from '../../../support/command-line.js';

test('a pipe has no width for tables, 80 columns for sentences, and no colours', () => {
  useEnvironment({ NO_COLOR: undefined });
  const pipe = new PassThrough();
  expect(isTerminal(pipe)).toBe(false);
  expect(tableColumnsOf(pipe)).toBe(Number.POSITIVE_INFINITY);
  expect(columnsOf(pipe)).toBe(80);
  expect(coloursFor(pipe).isColorSupported).toBe(false);
});

test.each([
  ['120', 120, 120],
  ['', 80, Number.POSITIVE_INFINITY],
])('COLUMNS=%s gives sentences %d columns and tables %d', (columns, forSentences, forTables) => {
  useEnvironment({ COLUMNS: columns });
  const pipe = new PassThrough();
  expect(columnsOf(pipe)).toBe(forSentences);
  expect(tableColumnsOf(pipe)).toBe(forTables);
});
