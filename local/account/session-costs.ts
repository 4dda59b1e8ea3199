/** What a session has billed so far, and what it will still bill: lower bounds, in DPU-hours. */
import { HOUR_MS } from '../../lambda/contract/durations.js';
import type { SessionRecord } from '../../lambda/contract/report.js';
import type { Decision } from '../../lambda/policy/decision.js';
import { timeSince } from '../../lambda/policy/instants.js';
import { isInactive } from '../../lambda/policy/limits-by-state.js';
import type { Session, SessionDetail } from '../../lambda/policy/session.js';
import { dpuHoursLeft } from '../../lambda/reporting/saved.js';

export interface SessionCosts {
  /** At least. */
  readonly billed?: {
    readonly dpuHours: number;
    /** `statistics`: by GetSession's own; `age`: one coordinator since the start, where they say less or nothing. */
    readonly from: 'statistics' | 'age';
  };
  /** To the end of its own idle timeout, if nobody ends or uses it; missing where that is not known. */
  readonly dpuHoursToBill?: number;
}

export interface Costed {
  readonly session: Session;
  readonly decision: Decision;
  readonly record?: SessionRecord;
  /** What GetSession showed; missing where nobody asked it. */
  readonly detail?: SessionDetail;
}

/** No call is made for it: without a look there is the age alone. */
export function costsOf({ session, decision, record, detail }: Costed, now: Date): SessionCosts {
  const billed = billedSoFar(session, detail, now);
  const toBill = record?.dpuHoursSaved ?? (detail && dpuHoursLeft(detail, decision.evidence, now));
  return { ...(billed && { billed }), ...(toBill !== undefined && { dpuHoursToBill: toBill }) };
}

/** Whether the statistics count idle time is not documented: a coordinator bills for as long as its session lives. */
function billedSoFar(session: Session, detail: SessionDetail | undefined, now: Date): SessionCosts['billed'] {
  const byStatistics = (detail?.dpuMillis ?? 0) / HOUR_MS;
  const byAge = isInactive(session) ? 0 : ageHours(session, now) * (detail?.coordinatorDpus ?? 1);
  if (byStatistics === 0 && byAge === 0) return undefined;
  return byStatistics >= byAge
    ? { dpuHours: byStatistics, from: 'statistics' }
    : { dpuHours: byAge, from: 'age' };
}

function ageHours({ startedAt }: Session, now: Date): number {
  const age = timeSince(startedAt, startedAt, now);
  return typeof age === 'string' ? 0 : age.minutes / 60;
}
