import { PassThrough, type Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { askMfaCode, confirmed } from '../../../../local/cli/terminal/questions.js';
import type { Terminal } from '../../../../local/cli/terminal/terminal.js';

function terminalWith(interrupted = new AbortController().signal) {
  const stdin = new PassThrough();
  const stderr = new PassThrough();
  const terminal: Terminal = {
    stdin,
    stderr,
    stdout: new PassThrough() satisfies Writable,
    canAsk: true,
    cwd: '/',
    interrupted,
  };
  return { terminal, stdin, stderr };
}

test.each([
  ['y', true],
  ['Yes', true],
  [' YES ', true],
  ['', false],
  ['n', false],
  ['yesterday', false],
])('the answer "%s" agrees: %s', async (answer, agrees) => {
  const { terminal, stdin, stderr } = terminalWith();
  stdin.write(`${answer}\n`);
  expect(await confirmed('End 3 sessions?', terminal)).toBe(agrees);
  stderr.end();
  expect(await text(stderr)).toBe('\nEnd 3 sessions? [y/N] ');
});

test('the end of the input and Ctrl+C agree to nothing', async () => {
  const ended = terminalWith();
  ended.stdin.end();
  expect(await confirmed('End 3 sessions?', ended.terminal)).toBe(false);
  const stop = new AbortController();
  const stopped = confirmed('End 3 sessions?', terminalWith(stop.signal).terminal);
  stop.abort();
  expect(await stopped).toBe(false);
});

test('an MFA code is asked for by the name of its device', async () => {
  const { terminal, stdin, stderr } = terminalWith();
  stdin.write(' 123456 \n');
  expect(await askMfaCode('arn:aws:iam::111122223333:mfa/ada', terminal)).toBe('123456');
  stderr.end();
  expect(await text(stderr)).toBe('MFA code for arn:aws:iam::111122223333:mfa/ada: ');
});
