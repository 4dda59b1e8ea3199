/** The record of a session that was due or warned: what report and log say of it. */
import type { Outcome } from '../contract/outcomes.js';
import { plainText, shortened } from '../contract/plain-text.js';
import { phraseOf, type ReasonKind } from '../contract/reasons.js';
import { MAX_OWNER_LENGTH, type SessionRecord } from '../contract/report.js';
import { clientOf } from '../policy/client.js';
import type { Decision } from '../policy/decision.js';
import type { Owner } from '../policy/owner.js';
import type { Session } from '../policy/session.js';

/** What a record is made of. */
export interface Recorded {
  readonly outcome: Outcome;
  readonly kind: ReasonKind;
  /** What was decided last. */
  readonly decision: Decision;
  /** As last seen. */
  readonly session: Session;
  readonly returnedState?: string | undefined;
  /** Athena had said before that it is ending. */
  readonly again?: boolean | undefined;
  readonly overdueMinutes?: number | undefined;
  /** Where tags were read, they may show it; otherwise it is looked for in the session alone. */
  readonly client?: string | undefined;
  readonly owner?: Owner | undefined;
  readonly error?: string | undefined;
  /** Estimate for a session that was, or would be, ended; missing where its own end is not known. */
  readonly dpuHoursSaved?: number | undefined;
}

/** Texts that Athena or a person wrote come out as plain text. */
export function recordOf(recorded: Recorded): SessionRecord {
  const { session, decision, outcome, kind, returnedState, again, owner, error, dpuHoursSaved } = recorded;
  const { client = clientOf(session), overdueMinutes } = recorded;
  const { minutes = 0, limitMinutes = 0, clock, lowerBound } = decision.evidence;
  const state = session.state === undefined ? undefined : plainText(session.state);
  return {
    sessionId: session.sessionId,
    workGroup: session.workGroup,
    region: session.region,
    state: state ?? 'unknown',
    ...(isInstant(session.startedAt) && { startedAt: session.startedAt.toISOString() }),
    minutes: toATenth(minutes),
    ...(clock !== undefined && { clock }),
    ...(lowerBound && { lowerBound }),
    limitMinutes,
    rule: plainText(decision.rule),
    reason: phraseOf(kind, state),
    kind,
    outcome,
    ...(returnedState !== undefined && { returnedState: plainText(returnedState) }),
    ...(again && { again }),
    ...(overdueMinutes !== undefined && { overdueMinutes: toATenth(overdueMinutes) }),
    ...(client !== undefined && { client: plainText(client) }),
    ...(owner && { owner: ownerText(owner.name), ownerFrom: owner.from }),
    ...(error !== undefined && { error: errorText(error) }),
    ...(dpuHoursSaved !== undefined && !again && { dpuHoursSaved }),
  };
}

function toATenth(value: number): number {
  return Math.round(value * 10) / 10;
}

function isInstant(date: Date | undefined): date is Date {
  return date !== undefined && !Number.isNaN(date.getTime());
}

/** The name of an owner, on one line. */
export function ownerText(name: string): string {
  return shortened(plainText(name).trim(), MAX_OWNER_LENGTH);
}

/** Errors are cut to this length, so that a report with hundreds of them still fits into an event. */
const MAX_ERROR_LENGTH = 300;

/** What an error says, on one line; a long one keeps its end, where AWS says why. */
export function errorText(error: unknown): string {
  return shortened(plainText(error instanceof Error ? error.message : String(error)), MAX_ERROR_LENGTH);
}
