import { expect, test } from 'vitest';
import { phraseOf } from '../../../lambda/contract/reasons.js';

test.each([
  ['inactive-at-last-look', 'TERMINATED', 'already TERMINATED'],
  ['in-use-at-last-look', 'BUSY', 'BUSY at the last look'],
  ['inactive-at-last-look', undefined, 'already unknown'],
  ['cap-reached', 'IDLE', 'cap reached'],
] as const)('%s of a session in state %s reads as "%s"', (kind, state, phrase) => {
  expect(phraseOf(kind, state)).toBe(phrase);
});
