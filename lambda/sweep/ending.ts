/** What came of a due session: the type, and a constructor for each way. */
import { isFailure, type SessionServiceError } from '../athena/session-service.js';
import type { DueOutcome } from '../contract/outcomes.js';
import type { ReasonKind } from '../contract/reasons.js';
import type { Decision } from '../policy/decision.js';
import type { Session } from '../policy/session.js';
import type { Recorded } from '../reporting/session-record.js';

/** A session that was found due, by its listing or by a look, and the decision that found it so. */
export interface DueSession {
  readonly session: Session;
  readonly decision: Decision;
}

export interface Ending extends Recorded {
  readonly outcome: DueOutcome;
  /** The service was asked to end it and may have done so, whatever it answered: this counts against the cap. */
  readonly mayHaveEnded?: boolean;
}

/** Counts what TerminateSession answered, not what was asked of it. */
export function answered(due: DueSession, returnedState: string | undefined, dpuHours?: number): Ending {
  const asked = { ...due, kind: due.decision.kind, returnedState, mayHaveEnded: true };
  switch (returnedState) {
    case 'TERMINATING':
    case 'TERMINATED':
      return { ...asked, outcome: 'terminated', dpuHoursSaved: dpuHours };
    case 'FAILED':
      return { ...asked, outcome: 'already-inactive' };
    default:
      return { ...asked, outcome: 'accepted' };
  }
}

/** In report mode. */
export function wouldTerminate(due: DueSession, dpuHours: number | undefined): Ending {
  return { ...due, outcome: 'would-terminate', kind: due.decision.kind, dpuHoursSaved: dpuHours };
}

/** The service does not know the session that it listed a moment before; its error may say otherwise, so it is kept. */
export function gone(due: DueSession, error: SessionServiceError): Ending {
  return { ...due, outcome: 'already-inactive', kind: 'gone', error: error.message };
}

/** The last look found the session in a state in which it has ended, or is about to. */
export function alreadyInactive(session: Session, decision: Decision): Ending {
  return { session, decision, outcome: 'already-inactive', kind: 'inactive-at-last-look' };
}

/** @param kind why, where it is not what the decision says. */
export function spared(session: Session, decision: Decision, kind?: ReasonKind): Ending {
  const decided = decision.kind === 'no-limit' ? 'in-use-at-last-look' : decision.kind;
  return { session, decision, outcome: 'spared', kind: kind ?? decided };
}

export function failed({ session, decision }: DueSession, error: unknown): Ending {
  const message = error instanceof Error ? error.message : String(error);
  return { session, decision, outcome: 'failed', kind: decision.kind, error: message };
}

/** Left to the next sweep. */
export function deferred(
  due: DueSession,
  kind: 'cap-reached' | 'out-of-time' | 'listing-broken-off',
): Ending {
  return { ...due, outcome: 'deferred', kind };
}

/** What could not be asked in time is left to the next sweep; what was asked in vain has failed. */
export function notLookedAt(due: DueSession, error: unknown): Ending {
  return isFailure(error, 'out-of-time') ? deferred(due, 'out-of-time') : failed(due, error);
}
