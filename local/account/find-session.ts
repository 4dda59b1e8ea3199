/** The session that a person names: by its id, or by the beginning of it. */
import { failureOf } from '../../lambda/athena/errors.js';
import {
  isGone,
  type SessionService,
  type SessionServiceError,
} from '../../lambda/athena/session-service.js';
import type { SessionDetail } from '../../lambda/policy/session.js';
import { AccountError } from './account-error.js';
import { describeFailures } from './failures.js';
import { wholeIdOf } from './short-id.js';

export interface FoundSession {
  readonly session: SessionDetail;
  readonly service: SessionService;
}

/**
 * Looks for a session in every region at the same time. What no region knows by its id, and is not as long as one, is
 * looked for among the sessions that the regions list.
 * @throws AccountError where no region has it, with what kept it from being found, and where several begin like it.
 */
export async function findSession(
  given: string,
  services: readonly SessionService[],
  signal: AbortSignal,
): Promise<FoundSession> {
  const { found, failed } = await lookFor(given, services, signal);
  if (found) return found;
  const elsewhere = failed.filter(({ failure }) => !isGone(failure));
  if (elsewhere.length > 0 || WHOLE_ID.test(given)) throw notFound(given, services, elsewhere);
  const whole = await wholeIdOf(given, services, signal);
  if (whole === undefined) throw notFound(given, services, []);
  const again = await lookFor(whole, services, signal);
  if (again.found) return again.found;
  throw notFound(whole, services, again.failed);
}

/** As the service makes them. */
const WHOLE_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

interface Failed {
  readonly region: string;
  readonly failure: SessionServiceError;
}

async function lookFor(
  sessionId: string,
  services: readonly SessionService[],
  signal: AbortSignal,
): Promise<{ readonly found?: FoundSession; readonly failed: readonly Failed[] }> {
  const answers = await Promise.all(services.map((service) => lookIn(service, sessionId, signal)));
  const found = answers.find((answer) => 'session' in answer);
  return { ...(found && { found }), failed: answers.filter((answer) => 'failure' in answer) };
}

async function lookIn(
  service: SessionService,
  sessionId: string,
  signal: AbortSignal,
): Promise<FoundSession | Failed | { readonly kind: 'not known' }> {
  try {
    const session = await service.getSession(sessionId, signal);
    // That it is TERMINATED, and nothing else, may be what the service says of any id that it does not know.
    const isKnown = session.workGroup !== '' || session.startedAt !== undefined;
    return isKnown ? { session, service } : { kind: 'not known' };
  } catch (error) {
    return { region: service.region, failure: failureOf('GetSession', error) };
  }
}

function notFound(
  sessionId: string,
  services: readonly SessionService[],
  failed: readonly Failed[],
): AccountError {
  if (failed.length === 0) {
    const regions = services.map(({ region }) => region).join(', ');
    return new AccountError(
      'failed',
      `There is no session ${sessionId} in ${regions}. Look elsewhere with --region or --profile.`,
    );
  }
  const details = describeFailures(
    failed.map(({ region, failure }) => ({ error: failure.message, region })),
    undefined,
  );
  const kind = failed.length === services.length ? 'nothing-listed' : 'failed';
  return new AccountError(kind, [`Session ${sessionId} could not be looked at.`, ...details].join('\n'));
}
