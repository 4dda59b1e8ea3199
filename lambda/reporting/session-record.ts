/** The record of a session that was due or warned: what report and log say of it. */
import type { Outcome } from '../contract/outcomes.js';
import { phraseOf, type ReasonKind } from '../contract/reasons.js';
import type { SessionRecord } from '../contract/report.js';
import type { Decision } from '../policy/decision.js';
import type { Session } from '../policy/session.js';
import { clientOf } from './client.js';

/** What a record is made of. */
export interface Recorded {
  readonly outcome: Outcome;
  readonly kind: ReasonKind;
  /** What was decided last. */
  readonly decision: Decision;
  /** As last seen. */
  readonly session: Session;
  readonly returnedState?: string | undefined;
  /** Where tags were read, they may show it; otherwise it is looked for in the session alone. */
  readonly client?: string | undefined;
  readonly error?: string | undefined;
  /** Estimate for a session that was, or would be, ended; missing where its own end is not known. */
  readonly dpuHoursSaved?: number | undefined;
}

export function recordOf(recorded: Recorded): SessionRecord {
  const { session, decision, outcome, kind, returnedState, error, dpuHoursSaved } = recorded;
  const { client = clientOf(session) } = recorded;
  const { minutes = 0, limitMinutes = 0, clock } = decision.evidence;
  return {
    sessionId: session.sessionId,
    workGroup: session.workGroup,
    region: session.region,
    state: session.state ?? 'unknown',
    minutes: Math.round(minutes * 10) / 10,
    ...(clock !== undefined && { clock }),
    limitMinutes,
    rule: decision.rule,
    reason: phraseOf(kind, session.state),
    kind,
    outcome,
    ...(returnedState !== undefined && { returnedState }),
    ...(client !== undefined && { client }),
    ...(error !== undefined && { error: shortened(error) }),
    ...(dpuHoursSaved !== undefined && { dpuHoursSaved }),
  };
}

/** Errors are cut to this length, so that a report with hundreds of them still fits into an event. */
const MAX_ERROR_LENGTH = 300;

export function shortened(error: string): string {
  return error.slice(0, MAX_ERROR_LENGTH);
}
