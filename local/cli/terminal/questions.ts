/** Questions that a person answers on the terminal. */
import { createInterface } from 'node:readline/promises';
import type { Terminal } from './terminal.js';

/** Asks a question that only "y" or "yes" agrees to; Ctrl+C and the end of the input do not. */
export async function confirmed(question: string, terminal: Terminal): Promise<boolean> {
  return /^y(es)?$/i.test(await asked(`\n${question} [y/N] `, terminal));
}

/** Asks for the code that an MFA device shows. */
export function askMfaCode(device: string, terminal: Terminal): Promise<string> {
  return asked(`MFA code for ${device}: `, terminal);
}

/** @returns the answer, or nothing after Ctrl+C and at the end of the input. */
async function asked(question: string, { stdin, stderr, interrupted }: Terminal): Promise<string> {
  // Not as a terminal: Ctrl+C stays the signal that stops the command.
  const lines = createInterface({ input: stdin, output: stderr, terminal: false });
  const over = new Promise<string>((resolve) => {
    lines.once('close', () => resolve(''));
  });
  try {
    const answer = lines.question(question, { signal: interrupted }).catch(() => '');
    return (await Promise.race([answer, over])).trim();
  } finally {
    lines.close();
  }
}
