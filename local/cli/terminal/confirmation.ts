import { createInterface } from 'node:readline/promises';
import type { Terminal } from './terminal.js';

/** Asks a question that only "y" or "yes" agrees to; Ctrl+C and the end of the input do not. */
export async function confirmed(
  question: string,
  { stdin, stderr, interrupted }: Terminal,
): Promise<boolean> {
  // Not as a terminal: Ctrl+C stays the signal that stops the command.
  const lines = createInterface({ input: stdin, output: stderr, terminal: false });
  const over = new Promise<string>((resolve) => {
    lines.once('close', () => resolve(''));
  });
  try {
    const answer = lines.question(`\n${question} [y/N] `, { signal: interrupted }).catch(() => '');
    return /^y(es)?$/i.test((await Promise.race([answer, over])).trim());
  } finally {
    lines.close();
  }
}
