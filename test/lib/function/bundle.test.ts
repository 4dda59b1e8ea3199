import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bundleFunction } from '../../../lib/function/bundle.js';

const outdir = mkdtempSync(path.join(tmpdir(), 'function-'));
afterAll(() => rmSync(outdir, { recursive: true }));

test('the bundle is one file of at most 450 kB that exports the handler without anything else installed', () => {
  bundleFunction(outdir);
  const bundle = path.join(outdir, 'index.js');
  const exported = execFileSync(
    process.execPath,
    ['-p', `typeof require(${JSON.stringify(bundle)}).handler`],
    {
      cwd: outdir,
      env: { AWS_REGION: 'eu-west-1' },
      encoding: 'utf8',
    },
  );

  expect(readdirSync(outdir)).toEqual(['index.js']);
  expect(statSync(bundle).size).toBeLessThanOrEqual(450_000);
  expect(exported.trim()).toBe('function');
});

test('the bundle finds credentials in the environment, and has no code that looks for them elsewhere', () => {
  const inputs = bundleFunction(outdir);
  const providers = inputs.flatMap((input) => /credential-provider-([a-z-]+)/.exec(input)?.[1] ?? []);

  expect([...new Set(providers)]).toEqual(['env']);
});
