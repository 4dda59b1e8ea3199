/** Work over Spark Connect: a person runs it in the session, and the status is read meanwhile. */
import type { ExperimentCalls } from './experiment-calls.js';
import type { WorkWatch } from './observations.js';
import type { Sample } from './sample.js';
import { watch } from './watch.js';

/** For how long the person has time. */
export const WORK_MINUTES = 10;
/** What is over sooner than this may never be seen BUSY. */
const LONGEST_PAUSE_MS = 2_000;

/**
 * Says how to run work in a session.
 * @param over aborts when no answer is needed any more; it has to resolve then.
 * @returns whether the work has run to its end; undefined where nobody can say.
 */
export type AskForWork = (sessionId: string, over: AbortSignal) => Promise<boolean | undefined>;

/** Watches until the session is BUSY, the person has answered, or the time is up. */
export async function watchWork(
  calls: ExperimentCalls,
  sessionId: string,
  askForWork: AskForWork,
  stop: AbortSignal,
): Promise<WorkWatch> {
  const seen = new AbortController();
  const samples: Sample[] = [await calls.status(sessionId, stop)];
  const from = calls.clock.now();
  let answer: boolean | undefined;
  const asked = askForWork(sessionId, AbortSignal.any([stop, seen.signal])).then((hasRun) => {
    answer = hasRun;
  });
  const isTimeUp = ({ askedAt }: Sample) => askedAt - from >= WORK_MINUTES * 60_000;
  const last = await watch(
    calls,
    sessionId,
    samples,
    {
      isOver: (sample) => sample.state === 'BUSY' || answer !== undefined || isTimeUp(sample),
      until: 'work over Spark Connect was seen',
      longestMs: (WORK_MINUTES + 1) * 60_000,
      longestPauseMs: LONGEST_PAUSE_MS,
    },
    stop,
  ).finally(() => seen.abort());
  const hasRun = last.state === 'BUSY' || answer === true;
  await asked;
  // What the work did to the session may have come after the last look.
  if (last.state !== 'BUSY') samples.push(await calls.status(sessionId, stop));
  return { samples, hasRun };
}
