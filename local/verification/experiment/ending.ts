/** The end of the session, and what Athena says of it afterwards. */

import type { ExperimentCalls } from './experiment-calls.js';
import type { Observations } from './observations.js';
import { type Observed, observed } from './observed.js';
import type { OwnSessions } from './own-sessions.js';
import type { Sample } from './sample.js';
import { watch } from './watch.js';

const LONGEST_END_MS = 15 * 60_000;

/** Ends the session, watches it until it is TERMINATED, ends it again, and asks for it once more. */
export async function watchEnd(
  calls: ExperimentCalls,
  own: OwnSessions,
  started: Observed<string>,
  stop: AbortSignal,
): Promise<Pick<Observations, 'ending' | 'terminated' | 'endedAgain' | 'afterEnd'>> {
  if (started.kind !== 'seen')
    return { ending: started, terminated: started, endedAgain: started, afterEnd: started };
  const id = started.value;
  const ending = await observed('TerminateSession', () => own.end(id, stop));
  if (ending.kind !== 'seen') return { ending, terminated: ending, endedAgain: ending, afterEnd: ending };
  const { askedAt } = ending.value;
  const endedAgain = await observed('TerminateSession', () => calls.terminate(id, stop));
  const terminated = await observed('GetSessionStatus', async () => {
    const samples: Sample[] = [];
    const last = await watch(
      calls,
      id,
      samples,
      {
        isOver: ({ state }) => state === 'TERMINATED',
        until: 'it was TERMINATED',
        longestMs: LONGEST_END_MS,
      },
      stop,
    );
    const before = samples.at(-2)?.askedAt ?? askedAt;
    return { seconds: (last.askedAt - askedAt) / 1_000, notYet: (before - askedAt) / 1_000 };
  });
  const afterEnd = await observed('GetSession', async () => (await calls.session(id, stop)).Status?.State);
  return { ending, terminated, endedAgain, afterEnd };
}
