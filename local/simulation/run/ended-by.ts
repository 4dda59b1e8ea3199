import type { Run } from './run.js';
import type { Ending, SessionLife } from './session-life.js';

type EndedBy = Ending['by'];

/** Sessions by what ended them. */
export function endings({ lives }: Run): Readonly<Record<EndedBy, number>> {
  return counted(lives);
}

/** How often an owner came back to a session that was ended, by what had ended it. */
export function foundEndedBy({ lives, foundEnded }: Run): Readonly<Record<EndedBy, number>> {
  const byId = new Map(lives.map((life) => [life.sessionId, life]));
  return counted(foundEnded.flatMap(({ sessionId }) => byId.get(sessionId) ?? []));
}

/** Sessions that the reaper ended while a calculation ran in them. */
export function endedInUse({ lives }: Run): readonly SessionLife[] {
  return lives.filter(({ ending }) => ending?.by === 'reaper' && ending.from === 'BUSY');
}

function counted(lives: readonly SessionLife[]): Record<EndedBy, number> {
  const counts = { reaper: 0, owner: 0, 'own idle timeout': 0 };
  for (const { ending } of lives) if (ending) counts[ending.by] += 1;
  return counts;
}
