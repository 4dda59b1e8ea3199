/** What a verification reports, for programs as for people. */
import type { OwnSession } from './experiment/own-sessions.js';
import type { Fact } from './facts/facts.js';

export interface VerificationReport {
  /** ISO 8601. */
  readonly verifiedAt: string;
  /** `null` where STS did not say. */
  readonly account: string | null;
  readonly region: string;
  readonly workGroup: string;
  readonly engine: string | null;
  readonly facts: readonly Fact[];
  /** The sessions that were started, and whether they were ended. */
  readonly sessions: readonly OwnSession[];
}

/** What makes the verification fail: a refuted fact, or a session that is left. Undefined where there is none. */
export function verificationProblem({ facts, sessions }: VerificationReport): string | undefined {
  const refuted = facts.filter(({ verdict }) => verdict === 'refuted').map(({ id }) => id);
  const left = sessions.filter(({ ended }) => !ended).length;
  const parts = [
    ...(refuted.length > 0 ? [`The reaper relies on what is not so here: ${refuted.join(', ')}.`] : []),
    ...(left > 0 ? [`${left} of the sessions that were started could not be ended.`] : []),
  ];
  return parts.length > 0 ? parts.join(' ') : undefined;
}
