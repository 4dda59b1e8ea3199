/** What ending a session saves: an estimate, and a lower bound. */
import type { Evidence } from '../policy/decision.js';
import { timeSince } from '../policy/instants.js';
import type { SessionDetail } from '../policy/session.js';

/** An idle session holds at least its coordinator. */
const SMALLEST_COORDINATOR_DPUS = 1;

/**
 * DPU-hours that an idle session would still have billed had nobody ended it: from now to the end of its own
 * idle timeout, times its coordinator's DPUs. A lower bound: workers are not counted.
 * @returns undefined where its own end is not known: it is not idle, shows no timeout, or has no usable idle-since
 * time, so that its timeout may be nearer than it looks.
 */
export function dpuHoursLeft(session: SessionDetail, evidence: Evidence, now: Date): number | undefined {
  const { idleTimeoutSeconds, idleSince, state, coordinatorDpus = SMALLEST_COORDINATOR_DPUS } = session;
  if (state !== 'IDLE' || evidence.lowerBound || idleTimeoutSeconds === undefined) return undefined;
  const idle = timeSince(idleSince, session.startedAt, now);
  if (typeof idle === 'string') return undefined;
  return (Math.max(0, idleTimeoutSeconds - idle.minutes * 60) / 3600) * coordinatorDpus;
}
