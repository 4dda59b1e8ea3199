/** The beginning of a session's id, as people copy it from a table: good for the id where it is unique. */
import type { SessionService } from '../../lambda/athena/session-service.js';
import { plainText } from '../../lambda/contract/plain-text.js';
import type { Session, SessionState } from '../../lambda/policy/session.js';
import { counted } from '../../lambda/reporting/counted.js';
import { AccountError } from './account-error.js';
import { adviceFor } from './advice.js';
import { ACTIVE_STATES, ENDED_STATES, type Listing, sessionsOf, together, workgroupsOf } from './listing.js';

/** Fewer characters are more likely a mistake than a session. */
const SHORTEST = 4;
const CANDIDATES_SHOWN = 8;

/**
 * The id of the only listed session that begins with the text. Sessions that run go before those that have ended.
 * @returns undefined where none does, and where the text is too short to mean one.
 * @throws AccountError where several do, and where a part of the listing failed, so that there may be others.
 */
export async function wholeIdOf(
  beginning: string,
  services: readonly SessionService[],
  signal: AbortSignal,
): Promise<string | undefined> {
  if (beginning.length < SHORTEST) {
    const allowed = `a session id, or at least ${SHORTEST} characters of its beginning`;
    throw new AccountError('failed', `No session has the id ${beginning}; allowed: ${allowed}.`);
  }
  for (const states of [ACTIVE_STATES, ENDED_STATES]) {
    const { sessions, notListed } = await listAll(services, states, signal);
    const candidates = sessions.filter(({ sessionId }) =>
      sessionId.toLowerCase().startsWith(beginning.toLowerCase()),
    );
    if (candidates.length > 1) throw ambiguous(beginning, candidates);
    if (notListed.length > 0) throw inPart(beginning, notListed);
    const [only] = candidates;
    if (only) return only.sessionId;
  }
  return undefined;
}

async function listAll(
  services: readonly SessionService[],
  states: readonly SessionState[],
  signal: AbortSignal,
): Promise<Listing> {
  const listings = await Promise.all(
    services.map(async (service): Promise<Listing> => {
      const { workgroups, notListed } = await workgroupsOf(service, () => true, signal);
      return together([{ sessions: [], notListed }, await sessionsOf(workgroups, states, service, signal)]);
    }),
  );
  return together(listings);
}

function ambiguous(beginning: string, candidates: readonly Session[]): AccountError {
  const shown = candidates
    .slice(0, CANDIDATES_SHOWN)
    .map(
      ({ sessionId, workGroup, region, state = 'state not given' }) =>
        `  ${plainText(sessionId)}  ${plainText(state)} in ${workGroup}, ${region}`,
    );
  const more = candidates.length - CANDIDATES_SHOWN;
  return new AccountError(
    'failed',
    [
      `${counted(candidates.length, 'session')} begin with ${beginning}. Write more of the one that you mean:`,
      ...shown,
      ...(more > 0 ? [`  and ${more} more`] : []),
    ].join('\n'),
  );
}

function inPart(beginning: string, notListed: Listing['notListed']): AccountError {
  const [first] = notListed;
  const advice = first && adviceFor(first.error, first);
  return new AccountError(
    'failed',
    [
      `Other sessions may begin with ${beginning}, because not every session could be listed. Write the whole id.`,
      ...(first ? [`  ${first.error}`, `    in ${first.region}`] : []),
      ...(advice === undefined ? [] : [`    → ${advice}`]),
    ].join('\n'),
  );
}
