import { HOUR_MS } from '../../../lambda/contract/durations.js';
import type { SessionState } from '../../../lambda/policy/session.js';
import type { SessionSnapshot } from '../../athena/index.js';
import type { WorkPlan } from '../people/work-plan.js';
import type { SimulatedAccount } from './account.js';

/** A session as it truly lived, whatever anybody saw of it. Times are epoch milliseconds. */
export interface SessionLife {
  readonly sessionId: string;
  readonly plan: WorkPlan;
  readonly phases: readonly Phase[];
  /** Missing where it is still there when the simulated hours are over. */
  readonly end?: SessionEnd;
  /** What it billed at least: its coordinator. */
  readonly dpuHours: number;
}

export interface Phase {
  readonly state: SessionState;
  readonly from: number;
  readonly to: number;
}

export interface SessionEnd {
  readonly at: number;
  readonly by: 'reaper' | 'owner' | 'own idle timeout';
  /** What it was doing just before. */
  readonly from: SessionState;
}

/** Every session of the account, in the order in which they were started. */
export function sessionLives(account: SimulatedAccount, now: number): readonly SessionLife[] {
  return account.sessions().map(({ plan, session }) => {
    const end = endOf(session, account);
    return {
      sessionId: session.sessionId,
      plan,
      phases: phasesOf(session, now),
      dpuHours: session.dpuMillis / HOUR_MS,
      ...(end && { end }),
    };
  });
}

function phasesOf({ history }: SessionSnapshot, now: number): Phase[] {
  return history
    .map(({ state, at }, index) => ({
      state,
      from: at.getTime(),
      to: history[index + 1]?.at.getTime() ?? now,
    }))
    .filter(({ state }) => state !== 'TERMINATED' && state !== 'FAILED');
}

function endOf({ sessionId, history }: SessionSnapshot, account: SimulatedAccount): SessionEnd | undefined {
  const index = history.findIndex(({ state }) => state === 'TERMINATING');
  const [before, end] = [history[index - 1], history[index]];
  if (!before || !end) return undefined;
  const ownTimeout = end.cause === 'idle-timeout';
  const person = account.wasStoppedByOwner(sessionId) ? 'owner' : 'reaper';
  return { at: end.at.getTime(), by: ownTimeout ? 'own idle timeout' : person, from: before.state };
}
