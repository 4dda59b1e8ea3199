import type { Outcome } from '../../../lambda/contract/outcomes.js';
import { plainText } from '../../../lambda/contract/plain-text.js';
import type { Clock, SessionRecord } from '../../../lambda/contract/report.js';
import { clientOf } from '../../../lambda/policy/client.js';
import { type Decision, isUnknown } from '../../../lambda/policy/decision.js';
import type { Session } from '../../../lambda/policy/session.js';
import { couldNot } from '../../account/problems.js';
import type { SeenSession } from '../../account/sweep-view.js';
import { inWords } from '../text/duration.js';

/**
 * What became of a session, in the order in which they are shown: an outcome of the sweep, or why the session
 * was none of its business.
 */
export const VERDICTS = [
  'terminated',
  'accepted',
  'failed',
  'not-judged',
  'would-terminate',
  'deferred',
  'spared',
  'already-inactive',
  'warned',
  'unknown',
  'kept',
  'not-looked-for',
  'over',
] as const satisfies readonly (Outcome | 'not-judged' | 'unknown' | 'kept' | 'not-looked-for' | 'over')[];
export type Verdict = (typeof VERDICTS)[number];

/** A session as tables and CSV show it. */
export interface SessionRow {
  readonly verdict: Verdict;
  readonly region: string;
  readonly workGroup: string;
  readonly sessionId: string;
  readonly state: string;
  /** Minutes that it has been idle; missing for other states, and where there is no usable timestamp. */
  readonly idleMinutes?: number;
  /** Minutes that make it due, or will; missing where there is no usable timestamp. */
  readonly minutes?: number;
  /** The timestamp that `minutes` are counted from. */
  readonly clock?: Clock;
  /** `idleMinutes` is the least that it has been idle. */
  readonly lowerBound?: true;
  readonly limitMinutes?: number;
  /** Where the limit or the exemption comes from. */
  readonly rule: string;
  readonly why: string;
  /** What TerminateSession answered. */
  readonly returnedState?: string;
  /** The program that started it, where it can be recognised. */
  readonly client?: string;
  /** The person, team or role that it belongs to; only a look at it shows that. */
  readonly owner?: string;
  /** Estimate of what it would still have billed; missing where that is not known. */
  readonly dpuHoursSaved?: number;
  /** The same in US dollars. */
  readonly dollarsSaved?: number;
  /** US dollars billed so far, at least. */
  readonly dollarsBilled?: number;
  /** By its own statistics, or by its age alone. */
  readonly billedFrom?: 'statistics' | 'age';
  /** US dollars still to bill by its own idle timeout, at least; missing where that is not known. */
  readonly dollarsToBill?: number;
  /** DPUs that it holds now, where they were asked for. */
  readonly dpus?: number;
  /** Whether its owner was looked for, so that one that is missing is not known. */
  readonly isOwnerKnown?: true;
}

/** @param dpuHourPrice US dollars. */
export function sessionRow(seen: SeenSession, dpuHourPrice: number): SessionRow {
  const { session, decision, record } = seen;
  const limitMinutes = record?.limitMinutes ?? decision.evidence.limitMinutes;
  const client = record?.client ?? clientOf(session);
  const dpuHoursSaved = record?.dpuHoursSaved;
  return {
    verdict: record ? verdictOfRecord(record) : verdictOf(decision),
    region: session.region,
    workGroup: session.workGroup,
    sessionId: session.sessionId,
    state: record?.state ?? session.state ?? 'unknown',
    ...timesOf(session, decision),
    ...(limitMinutes !== undefined && { limitMinutes }),
    rule: record?.rule ?? decision.rule,
    why: plainText(record ? whyRecorded(record, session, decision) : whyKept(session, decision)),
    ...(record?.returnedState !== undefined && { returnedState: record.returnedState }),
    ...(client !== undefined && { client: plainText(client) }),
    ...ownerIn(seen),
    ...(dpuHoursSaved !== undefined && { dpuHoursSaved, dollarsSaved: dpuHoursSaved * dpuHourPrice }),
    ...costsIn(seen, dpuHourPrice),
  };
}

function ownerIn({ record, owner = record?.owner, isOwnerKnown, detail }: SeenSession) {
  const wasLookedAt = record !== undefined && detail !== undefined;
  return {
    ...((isOwnerKnown || wasLookedAt || owner !== undefined) && { isOwnerKnown: true as const }),
    ...(owner !== undefined && { owner }),
  };
}

function costsIn({ costs: { billed, dpuHoursToBill } = {}, dpus }: SeenSession, dpuHourPrice: number) {
  return {
    ...(billed && { dollarsBilled: billed.dpuHours * dpuHourPrice, billedFrom: billed.from }),
    ...(dpuHoursToBill !== undefined && { dollarsToBill: dpuHoursToBill * dpuHourPrice }),
    ...(dpus !== undefined && { dpus }),
  };
}

function timesOf({ state }: Session, { evidence: { minutes, clock, lowerBound } }: Decision) {
  const isIdleTime = state === 'IDLE' && clock !== 'started';
  return {
    ...(isIdleTime && minutes !== undefined && { idleMinutes: minutes }),
    ...(minutes !== undefined && { minutes }),
    ...(clock !== undefined && { clock }),
    ...(lowerBound && { lowerBound }),
  };
}

/** By what became of them, then by place, then the longest idle first: a sweep lists in any order. */
export function inOrder(rows: readonly SessionRow[]): readonly SessionRow[] {
  return rows.toSorted(
    (a, b) =>
      VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) ||
      a.region.localeCompare(b.region) ||
      a.workGroup.localeCompare(b.workGroup) ||
      (b.idleMinutes ?? 0) - (a.idleMinutes ?? 0) ||
      a.sessionId.localeCompare(b.sessionId),
  );
}

function verdictOfRecord({ outcome, error = '' }: SessionRecord): Verdict {
  return outcome === 'failed' && couldNot(error) === 'judge' ? 'not-judged' : outcome;
}

function verdictOf(decision: Decision): Verdict {
  if (isUnknown(decision)) return 'unknown';
  if (decision.kind === 'no-limit') return 'not-looked-for';
  return decision.kind === 'inactive' ? 'over' : 'kept';
}

function whyRecorded(record: SessionRecord, session: Session, decision: Decision): string {
  const { error, outcome, kind, reason, rule } = record;
  if (error !== undefined) return error;
  if (outcome === 'warned') return dueIn(decision);
  if (kind === 'out-of-time') return 'stopped before its turn';
  if (kind === 'exempt-by-tag') return `exempt by ${rule}`;
  if (outcome === 'spared') return `${reason}${setBy(rule)}`;
  const { clock, minutes = 0 } = decision.evidence;
  if (clock === 'started') return `${reason}: ${inWords(minutes)}`;
  // Idle time has a place of its own.
  return session.state === 'IDLE'
    ? `${reason}${countedFrom(decision)}${setBy(rule)}`
    : `${session.state} for ${inWords(minutes)}`;
}

function whyKept(session: Session, decision: Decision): string {
  switch (decision.kind) {
    case 'within-limit':
      return dueIn(decision);
    case 'no-limit':
      return `${session.state} has no limit`;
    case 'inactive':
      return `${session.state} already`;
    case 'exempt-by-rule':
      return `exempt by ${decision.rule}`;
    case 'state-not-known':
      return `state ${session.state ?? 'missing'} is not known`;
    default:
      return decision.reason;
  }
}

function dueIn(decision: Decision): string {
  const { evidence, rule } = decision;
  const { minutes = 0, limitMinutes = 0 } = evidence;
  return `due in ${inWords(limitMinutes - minutes)}${countedFrom(decision)}${setBy(rule)}`;
}

/** Idle time that is not counted from IdleSinceDateTime. */
function countedFrom({ evidence: { lowerBound } }: Decision): string {
  return lowerBound ? ', by LastModifiedDateTime' : '';
}

/** What gives a limit, where it is not the one for all. */
function setBy(rule: string): string {
  return rule.startsWith('rules[') || rule.startsWith('tag ') ? ` (${rule})` : '';
}
