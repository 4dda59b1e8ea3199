import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXIT } from '../../../../local/cli/terminal/exit-code.js';
import { main } from '../../../../local/program.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'simulate-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function simulate(...args: readonly string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const interrupted = new AbortController().signal;
  const terminal = { stdout, stderr, stdin: new PassThrough(), canAsk: false, cwd: folder, interrupted };
  const exitCode = await main(['simulate', ...args], terminal);
  stdout.end();
  stderr.end();
  return { exitCode, out: await text(stdout), errors: await text(stderr) };
}

describe('simulate', () => {
  it('says what was saved, by measure and by estimate, and where the page is', async () => {
    const hours = ['--profile', 'dbt', '--hours', '2', '--page', 'day.html'];
    const { exitCode, out, errors } = await simulate(...hours);
    expect(exitCode).toBe(EXIT.done);
    expect(errors).toBe('');
    expect(out).toMatch(/^2 simulated hours, profile dbt, seed 7, limit 30 idle minutes$/m);
    expect(out).toMatch(/^[\d.]+ DPU-hours saved, measured: \$[\d.]+, \d+% of [\d.]+\.$/m);
    expect(out).toContain("The reaper's own estimate is");
    const page = path.join(folder, 'day.html');
    expect(out).toContain(`Page: ${page}`);
    expect((await readFile(page, 'utf8')).startsWith('<!doctype html>')).toBe(true);
  });

  it('compares limits in a table', async () => {
    const limits = ['--study', 'idle-minutes=60,15', '--profile', 'dbt'];
    const study = [...limits, '--hours', '1', '--page', 'study.html'];
    const { out } = await simulate(...study);
    expect([...out.matchAll(/^│ +(15|60) │/gm)].map(([, limit]) => limit)).toEqual(['15', '60']);
  });

  it.each([
    ['--study', 'idle-minutes=', 'idle-minutes= and whole numbers'],
    ['--study', 'idle-minutes=0,10', 'from 1 to 10080'],
    ['--hours', '0', 'from 1 to 168'],
    ['--seed', '-1', 'a whole number'],
    ['--profile', 'nobody', 'team, dbt, studio, chaos'],
  ])('says what is allowed instead of %s %s', async (option, value, allowed) => {
    const { exitCode, errors } = await simulate(option, value);
    expect(exitCode).toBe(EXIT.usage);
    expect(errors).toContain(allowed);
  });

  it.each([
    ['in a folder that there is not', 'none/day.html', 'ENOENT'],
    ['that is a folder', '.', 'EISDIR'],
  ])('says what is wrong with a page %s, without a stack trace', async (_, page, code) => {
    // The page of a study is drawn sooner than a day's.
    const study = ['--study', 'idle-minutes=30', '--profile', 'dbt', '--hours', '1'];
    const { exitCode, errors } = await simulate(...study, '--page', page);
    expect(exitCode).toBe(EXIT.usage);
    expect(errors).toMatch(new RegExp(`^error: --page: found .*, which cannot be written \\(${code}\\)`));
    expect(errors).not.toContain(' at ');
  });
});
