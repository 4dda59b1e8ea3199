/** What became of one step of the experiment. */
import { failureOf } from '../../../lambda/athena/errors.js';
import type { SessionServiceError } from '../../../lambda/athena/session-service.js';

export type Observed<T> =
  | { readonly kind: 'seen'; readonly value: T }
  /** Athena, or the way to it, answered with an error. */
  | { readonly kind: 'failed'; readonly failure: SessionServiceError }
  /** There was nothing to ask, or nothing to ask about. */
  | { readonly kind: 'not asked'; readonly why: string };

/** Never rejects: a step that fails leaves its facts open, and the next steps go on. */
export async function observed<T>(operation: string, step: () => Promise<T>): Promise<Observed<T>> {
  try {
    return { kind: 'seen', value: await step() };
  } catch (error) {
    if (error instanceof NotObservable) return notAsked(error.message);
    return { kind: 'failed', failure: failureOf(operation, error) };
  }
}

export function notAsked(why: string): Observed<never> {
  return { kind: 'not asked', why };
}

/** What cannot be seen here and now, though no call failed. The message says why. */
export class NotObservable extends Error {
  override readonly name = 'NotObservable';
}
