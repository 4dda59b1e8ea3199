import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { cliPage } from '../../tools/cli-page.js';

test('docs/cli.md holds what the commands print now; else `npm run docs:cli`', async () => {
  expect(await readFile('docs/cli.md', 'utf8')).toBe(await cliPage());
});
