import type { Decision } from '../policy/decision.js';
import type { Session } from '../policy/session.js';

/** How long a session is seen to have been idle, in minutes; undefined where it is not idle, or exempt, or not known. */
export function idleMinutesOf(
  { state }: Session,
  { evidence: { clock, minutes } }: Decision,
): number | undefined {
  return state === 'IDLE' && clock !== 'started' ? minutes : undefined;
}
