/** Findings on how a session ends. */
import type { World } from '../../athena/index.js';
import type { Observations } from '../experiment/observations.js';
import { answered, type Finding, fromSeen, open } from './finding.js';

export function terminateAnswerFinding({ ending }: Observations): Finding<World['terminateAnswer']> {
  return fromSeen(ending, ({ answer }) =>
    answer === 'TERMINATING' || answer === 'TERMINATED'
      ? answered(answer, 'for an active session')
      : open(`TerminateSession answered ${answer ?? 'no state'} for an active session`),
  );
}

/** Measured to a tenth of itself, as the statuses were read. */
export function secondsToTerminatedFinding({ terminated }: Observations): Finding<number> {
  return fromSeen(terminated, ({ seconds, notYet }) =>
    answered(
      tenths(seconds),
      `TERMINATED between ${tenths(notYet)} s and ${tenths(seconds)} s after the call`,
    ),
  );
}

function tenths(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}

const GUIDE_MINUTES = 20;
/** Between the end of the timeout and its effect, and between two looks at the session. */
const LATEST_MINUTES = 22;

export function defaultIdleTimeoutFinding({
  withoutTimeout,
}: Observations): Finding<World['defaultIdleTimeout']> {
  return fromSeen(withoutTimeout, ({ shownMinutes, endedAfterMinutes, watchedMinutes }) => {
    const shown =
      shownMinutes === undefined ? 'GetSession shows none' : `GetSession shows ${shownMinutes} min`;
    if (endedAfterMinutes === undefined) {
      const seen = `${shown}; idle for ${Math.floor(watchedMinutes)} min, it had not ended`;
      return shownMinutes === undefined ? answered('none', seen) : open(seen);
    }
    const seen = `${shown}; it ended after ${tenths(endedAfterMinutes)} idle min`;
    if (endedAfterMinutes < GUIDE_MINUTES - 1 || endedAfterMinutes > LATEST_MINUTES) return open(seen);
    if (shownMinutes === undefined) return answered('20-minutes-hidden', seen);
    return shownMinutes === GUIDE_MINUTES ? answered('20-minutes-shown', seen) : open(seen);
  });
}
