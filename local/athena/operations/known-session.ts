/** The session that an operation names, or the answer for one that the service does not know. */
import type { RegionStore } from '../store/region-store.js';
import type { StoredSession } from '../store/session.js';
import type { JsonObject } from '../wire/json.js';
import { invalidRequest, resourceNotFound } from '../wire/service-error.js';

/**
 * What `answer` makes of the session; `ended` where the world says TERMINATED of a session that is not known.
 * @throws ServiceError as the world has it for a session that is not known.
 */
export function ofKnownSession(
  store: RegionStore,
  id: string,
  ended: JsonObject,
  answer: (session: StoredSession) => JsonObject,
): JsonObject {
  const session = store.lostSessions.has(id) ? undefined : store.sessions.get(id);
  if (session !== undefined) return answer(session);
  const message = `Session ${id} does not exist.`;
  switch (store.world.unknownSession) {
    case 'TERMINATED':
      return ended;
    case 'InvalidRequestException':
      throw invalidRequest(message);
    case 'ResourceNotFoundException':
      throw resourceNotFound(message, id);
  }
}
