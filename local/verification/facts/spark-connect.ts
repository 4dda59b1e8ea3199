/** What work over Spark Connect does to its session. */
import type { World } from '../../athena/index.js';
import type { Observations } from '../experiment/observations.js';
import type { Sample } from '../experiment/sample.js';
import { answered, type Finding, fromSeen, open } from './finding.js';

export function sparkConnectWorkFinding({ work }: Observations): Finding<World['sparkConnectWork']> {
  return fromSeen(work, ({ samples, hasRun }) => {
    if (samples.some(({ state }) => state === 'BUSY'))
      return answered('busy', 'the session was BUSY while work ran');
    if (samples.some(({ state }) => state !== 'IDLE')) return open('the session did not stay IDLE');
    const moves = movesIn(samples);
    if (moves === undefined) return open('the session stayed IDLE, and shows no IdleSinceDateTime');
    const looks = `IDLE at ${samples.length} looks`;
    if (moves >= MOVES_ENOUGH) return answered('idle-moving', `${looks}, while IdleSinceDateTime moved`);
    if (moves > 0)
      return open(`${looks}; IdleSinceDateTime moved once, perhaps after work too short to be seen BUSY`);
    if (!hasRun) return open(`${looks}; nobody said that work ran meanwhile`);
    return answered(
      'idle-standing',
      `${looks}, while IdleSinceDateTime stood still and work ran, as you said`,
    );
  });
}

/** One move alone may be the end of work that was BUSY between two looks. */
const MOVES_ENOUGH = 2;

/** How often IdleSinceDateTime changed; undefined where a look did not have it. */
function movesIn(samples: readonly Sample[]): number | undefined {
  const instants = samples.map(({ instants }) => instants.IdleSinceDateTime);
  if (instants.includes(undefined)) return undefined;
  return instants.filter((instant, index) => index > 0 && instant !== instants[index - 1]).length;
}
