/** The sessions of one workgroup that a limit can make due. */
import { isFailure, type SessionService } from '../athena/session-service.js';
import type { ReaperSettings } from '../contract/settings.js';
import { statesWithLimit } from '../policy/limits-by-state.js';
import type { Session, Workgroup } from '../policy/session.js';
import { engineOf } from '../policy/workgroup-selection.js';

interface ListingOptions {
  readonly settings: ReaperSettings;
  /** Aborts when no other workgroup may be begun. */
  readonly stopListing: AbortSignal;
  /** Aborts when nothing new may be asked at all. */
  readonly stop: AbortSignal;
}

/**
 * Every page, in each state with a limit; a session that changes its state meanwhile comes only once.
 * @throws EngineNotKnownError where a workgroup that may not be a Spark one refuses its first page; otherwise what the
 * service rejects with.
 */
export async function* listSessions(
  workgroup: Workgroup,
  service: SessionService,
  { settings, stopListing, stop }: ListingOptions,
): AsyncGenerator<readonly Session[]> {
  const seen = new Set<string>();
  let pages = 0;
  try {
    for (const state of statesWithLimit(settings)) {
      const begin = pages === 0 ? stopListing : 'begun';
      for await (const page of service.listSessions(workgroup.name, state, stop, begin)) {
        pages += 1;
        const fresh = page.filter(({ sessionId }) => !seen.has(sessionId));
        for (const { sessionId } of fresh) seen.add(sessionId);
        yield fresh;
      }
    }
  } catch (error) {
    // A workgroup that has given a page does hold sessions: what is refused then is the page token.
    throw pages === 0 && isRefusal(error) && engineOf(workgroup) === 'unknown'
      ? new EngineNotKnownError(workgroup, error)
      : error;
  }
}

function isRefusal(error: unknown): error is Error {
  return isFailure(error, 'invalid', 'not-found', 'denied', 'unexpected');
}

class EngineNotKnownError extends Error {
  override readonly name = 'EngineNotKnownError';
  constructor({ engineVersion }: Workgroup, cause: Error) {
    const engine = engineVersion === undefined ? 'not named' : `"${engineVersion}"`;
    super(
      `${cause.message}; its engine is ${engine}: if it holds no Spark sessions, name it in workgroups.exclude`,
      { cause },
    );
  }
}
