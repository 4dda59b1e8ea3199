/** What an experiment says of one open question. */
import { plainText } from '../../../lambda/contract/plain-text.js';
import type { Observed } from '../experiment/observed.js';

export type Finding<Answer> =
  | { readonly kind: 'answered'; readonly answer: Answer; readonly seen: string }
  /** Not seen, or seen so that it fits no answer. */
  | { readonly kind: 'open'; readonly why: string };

export function answered<Answer>(answer: Answer, seen: string): Finding<Answer> {
  return { kind: 'answered', answer, seen };
}

export function open(why: string): Finding<never> {
  return { kind: 'open', why };
}

/** What `find` makes of what was seen; open where nothing was. */
export function fromSeen<Seen, Answer>(
  seen: Observed<Seen>,
  find: (value: Seen) => Finding<Answer>,
): Finding<Answer> {
  return seen.kind === 'seen' ? find(seen.value) : open(reasonOf(seen));
}

/** Why nothing was seen. */
export function reasonOf(missing: Exclude<Observed<unknown>, { readonly kind: 'seen' }>): string {
  if (missing.kind === 'not asked') return missing.why;
  const { failure } = missing;
  return failure.kind === 'out-of-time' ? 'stopped before it was seen' : plainText(failure.message);
}
