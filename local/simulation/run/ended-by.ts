/** Counts of what ended the sessions of a run. */
import type { Run } from './run.js';
import type { SessionEnd, SessionLife } from './session-life.js';

type EndedBy = SessionEnd['by'];

/** Sessions by what ended them. */
export function countEndedBy({ lives }: Run): Readonly<Record<EndedBy, number>> {
  return counted(lives);
}

/** How often an owner came back to a session that was ended, by what had ended it. */
export function countFoundEndedBy({ lives, foundEnded }: Run): Readonly<Record<EndedBy, number>> {
  const byId = new Map(lives.map((life) => [life.sessionId, life]));
  return counted(foundEnded.flatMap(({ sessionId }) => byId.get(sessionId) ?? []));
}

/** Sessions that the reaper ended while a calculation ran in them. */
export function endedWhileBusy({ lives }: Run): readonly SessionLife[] {
  return lives.filter(({ end }) => end?.by === 'reaper' && end.from === 'BUSY');
}

function counted(lives: readonly SessionLife[]): Record<EndedBy, number> {
  const counts = { reaper: 0, owner: 0, 'own idle timeout': 0 };
  for (const { end } of lives) if (end) counts[end.by] += 1;
  return counts;
}
