/** One due session: its turn, its tags, the last look, and at once the termination. */
import pRetry from 'p-retry';
import {
  isDeniedByOwnPolicy,
  isFailure,
  isGone,
  type SessionService,
  SessionServiceError,
  type TerminationPermit,
} from '../athena/session-service.js';
import type { ReaperSettings } from '../contract/settings.js';
import { clientOf } from '../policy/client.js';
import { decide } from '../policy/decide.js';
import type { Decision } from '../policy/decision.js';
import { limitsFor } from '../policy/limits.js';
import { isInactive } from '../policy/limits-by-state.js';
import { ownerOf } from '../policy/owner.js';
import type { Session, SessionDetail } from '../policy/session.js';
import { dpuHoursLeft } from '../reporting/saved.js';
import {
  alreadyInactive,
  answered,
  type DueSession,
  type Ending,
  failed,
  gone,
  notLookedAt,
  spared,
  wouldTerminate,
} from './ending.js';
import type { LastModifiedTrust } from './last-modified-trust.js';
import { NO_TAGS, readTags, type TagsRead } from './tags-at-last-look.js';

export interface LookOptions {
  readonly settings: ReaperSettings;
  /** The sweep's one clock reading, by the clock of the region. */
  readonly now: Date;
  /** Aborts when nothing new may be begun. */
  readonly stop: AbortSignal;
  /** Aborts when not even the answer to a TerminateSession in flight can be waited for. */
  readonly lastCall: AbortSignal;
  readonly trust: LastModifiedTrust;
}

/** What came of a last look, and what it has learnt besides. */
export interface Looked {
  readonly ending: Ending;
  /** What the listing and the tags say together: no answer to a look can make the session less overdue than that. */
  readonly byListing: Decision;
  readonly tagsUnreadable: boolean;
}

/** New last looks after a TerminateSession that was throttled or got no readable answer. */
const TERMINATION_RETRIES = 4;

/**
 * Looks at a due session once more and ends it if it is still due.
 * Athena has no conditional terminate: between the look and the call the session can turn BUSY. The gap can be
 * made short, never zero; nothing is waited for in it.
 *
 * Never rejects: a failure is an outcome.
 */
export async function lookAndEnd(
  due: DueSession,
  service: SessionService,
  options: LookOptions,
): Promise<Looked> {
  return new LastLook(due, service, options).run();
}

/** TerminateSession was throttled or got no readable answer: only a new last look can show what to do. */
class TerminationUnanswered extends Error {
  override readonly name = 'TerminationUnanswered';
  constructor(override readonly cause: SessionServiceError) {
    super('no usable answer', { cause });
  }
}

class LastLook {
  /** As last read. */
  #tags: TagsRead = NO_TAGS;
  /** As last read; the listing's where there was no look. */
  #seen: Session;
  #hasLooked = false;
  readonly #unanswered: SessionServiceError[] = [];

  constructor(
    private readonly due: DueSession,
    private readonly service: SessionService,
    private readonly options: LookOptions,
  ) {
    this.#seen = due.session;
  }

  async run(): Promise<Looked> {
    const ending = await this.#untilAnswered().catch((error: unknown) => this.#unended(error));
    // A call that got no readable answer may have ended the session all the same.
    const mayHaveEnded =
      ending.mayHaveEnded || this.#unanswered.some((failure) => isFailure(failure, 'unavailable'));
    const { tags } = this.#tags;
    const client = clientOf(this.due.session, tags?.ofSession);
    const owner = ownerOf(this.#seen, tags, this.options.settings.owner.tagKeys);
    return {
      ending: { ...ending, mayHaveEnded, client, owner },
      byListing: this.#decideOn(this.due.session),
      tagsUnreadable: this.#tags.unreadable,
    };
  }

  #untilAnswered(): Promise<Ending> {
    return pRetry(() => this.#attempt(), {
      retries: TERMINATION_RETRIES,
      minTimeout: 200,
      maxTimeout: 2_000,
      randomize: true,
      onFailedAttempt: ({ error }) => {
        if (error instanceof TerminationUnanswered) this.#unanswered.push(error.cause);
      },
      shouldRetry: ({ error }) => error instanceof TerminationUnanswered && !this.options.stop.aborted,
    });
  }

  /** The turn comes first, so that no waiting for it ages the tags or widens the gap. */
  async #attempt(): Promise<Ending> {
    const { settings, stop } = this.options;
    const permit = settings.mode === 'terminate' ? await this.service.permitTermination(stop) : undefined;
    try {
      this.#tags = await readTags(this.due.session, this.service, this.options);
      return this.#sparedByTags() ?? (await this.#lookAndEnd(permit));
    } finally {
      permit?.release();
    }
  }

  /** A look cannot make due what tags spare, so it would be a call for nothing. */
  #sparedByTags(): Ending | undefined {
    const { session } = this.due;
    const decision = this.#decideOn(session);
    if (decision.action !== 'terminate') return spared(session, decision);
    const { unreadable } = this.options.settings.tags;
    return this.#tags.unreadable && unreadable === 'spare'
      ? spared(session, decision, 'tags-unreadable')
      : undefined;
  }

  /** @param permit none in report mode. */
  async #lookAndEnd(permit: TerminationPermit | undefined): Promise<Ending> {
    const seen = await this.#look();
    if (seen instanceof SessionServiceError) return gone(this.due, seen);
    this.#seen = seen;
    this.#hasLooked = true;
    this.options.trust.observe(seen);
    const decision = this.#decideOn(seen);
    if (isInactive(seen)) return alreadyInactive(seen, decision);
    if (decision.action !== 'terminate') return spared(seen, decision);
    const stillDue = { session: seen, decision };
    const dpuHours = dpuHoursLeft(seen, decision.evidence, this.options.now);
    return permit ? this.#terminate(stillDue, permit, dpuHours) : wouldTerminate(stillDue, dpuHours);
  }

  /** @returns the error where the service does not know the session. */
  async #look(): Promise<SessionDetail | SessionServiceError> {
    const { sessionId, workGroup } = this.due.session;
    try {
      return { ...(await this.service.getSession(sessionId, this.options.stop)), workGroup };
    } catch (error) {
      if (isGone(error)) return error;
      throw error;
    }
  }

  async #terminate(due: DueSession, permit: TerminationPermit, dpuHours?: number): Promise<Ending> {
    const { sessionId } = due.session;
    try {
      const state = await this.service.terminateSession(sessionId, permit, this.options.lastCall);
      return answered(due, state, dpuHours);
    } catch (error) {
      if (isFailure(error, 'throttled', 'unavailable')) throw new TerminationUnanswered(error);
      if (isGone(error)) return gone(due, error);
      if (isDeniedByOwnPolicy(error)) return this.#denied(due, error);
      return { ...failed(due, error), mayHaveEnded: !isFailure(error, 'denied') };
    }
  }

  /** The role's own Deny on exempt tags may have seen one that was set after they were read. */
  async #denied(due: DueSession, error: SessionServiceError): Promise<Ending> {
    try {
      this.#tags = await readTags(due.session, this.service, this.options, true);
    } catch {
      return failed(due, error);
    }
    const decision = this.#decideOn(due.session);
    return decision.kind === 'exempt-by-tag' ? spared(due.session, decision) : failed(due, error);
  }

  #decideOn(session: Session): Decision {
    const { settings, now, trust } = this.options;
    // Rules ask for the role, which the look alone shows, also where the listing is judged once more.
    const { executionRole } = this.#seen;
    const look = { ...this.#tags, looked: this.#hasLooked };
    const limits = limitsFor({ ...session, executionRole }, settings, now, look);
    return decide(session, { ...limits, trustsLastModified: trust.holds }, now);
  }

  #unended(error: unknown): Ending {
    if (error instanceof TerminationUnanswered) return failed(this.due, error.cause);
    const asked = this.#unanswered.find(({ kind }) => kind === 'unavailable') ?? this.#unanswered.at(-1);
    return asked && isFailure(error, 'out-of-time') ? failed(this.due, asked) : notLookedAt(this.due, error);
  }
}
