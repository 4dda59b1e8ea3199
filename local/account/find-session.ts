import { failureOf } from '../../lambda/athena/errors.js';
import {
  isGone,
  type SessionService,
  type SessionServiceError,
} from '../../lambda/athena/session-service.js';
import type { SessionDetail } from '../../lambda/policy/session.js';
import { AccountError } from './account-error.js';
import { describeFailures } from './failures.js';

/**
 * Looks for a session in every region at the same time.
 * @throws AccountError where no region has it, with what kept it from being found.
 */
export async function findSession(
  sessionId: string,
  services: readonly SessionService[],
  signal: AbortSignal,
): Promise<{ readonly session: SessionDetail; readonly service: SessionService }> {
  const answers = await Promise.all(services.map((service) => lookIn(service, sessionId, signal)));
  const found = answers.find((answer) => answer.kind === 'found');
  if (found) return found;
  throw notFound(
    sessionId,
    answers.filter((answer) => answer.kind === 'failed'),
  );
}

type Answer =
  | { readonly kind: 'found'; readonly session: SessionDetail; readonly service: SessionService }
  | { readonly kind: 'failed'; readonly region: string; readonly failure: SessionServiceError };

async function lookIn(service: SessionService, sessionId: string, signal: AbortSignal): Promise<Answer> {
  try {
    return { kind: 'found', session: await service.getSession(sessionId, signal), service };
  } catch (error) {
    return { kind: 'failed', region: service.region, failure: failureOf('GetSession', error) };
  }
}

function notFound(sessionId: string, answers: readonly Extract<Answer, { kind: 'failed' }>[]): AccountError {
  const failures = answers.filter(({ failure }) => !isGone(failure));
  if (failures.length === 0) {
    const regions = answers.map(({ region }) => region).join(', ');
    return new AccountError(
      'failed',
      `There is no session ${sessionId} in ${regions}. Look elsewhere with --region or --profile.`,
    );
  }
  const details = describeFailures(
    failures.map(({ region, failure }) => ({ error: failure.message, region })),
    undefined,
  );
  const kind = failures.length === answers.length ? 'nothing-listed' : 'failed';
  return new AccountError(kind, [`Session ${sessionId} could not be looked at.`, ...details].join('\n'));
}
