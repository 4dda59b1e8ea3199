import type { SessionService } from '../../lambda/athena/session-service.js';
import type { ReaperSettings } from '../../lambda/contract/settings.js';
import { clientOf } from '../../lambda/policy/client.js';
import { decide, readEach } from '../../lambda/policy/decide.js';
import type { Decision } from '../../lambda/policy/decision.js';
import { exemptionsEnd, type Limits, limitsFor } from '../../lambda/policy/limits.js';
import { isInactive } from '../../lambda/policy/limits-by-state.js';
import { type Owner, ownerOf } from '../../lambda/policy/owner.js';
import { ruledBy } from '../../lambda/policy/rules.js';
import type { SessionDetail, Tags } from '../../lambda/policy/session.js';
import { sparingBy } from '../../lambda/policy/tags.js';
import { ownerText } from '../../lambda/reporting/session-record.js';
import type { LoggedEnding } from '../deployment/session-ending.js';
import type { Read } from '../deployment/status.js';
import { type GlobReading, type RuleReading, readRules, readSelection } from './rule-readings.js';

/** Everything that a decision on a session rests on. */
export interface Explanation {
  readonly session: SessionDetail;
  /** When all of this was looked at. */
  readonly now: Date;
  /** The program that started the session, where it can be recognised. */
  readonly client?: string;
  /** Whose it is, where its tags, its workgroup's or its role say so; as plain text. */
  readonly owner?: Owner;
  /** Whether its workgroup is swept at all. */
  readonly selection: {
    readonly swept: boolean;
    readonly include: GlobReading;
    readonly exclude: GlobReading;
  };
  readonly rules: readonly RuleReading[];
  /** The rule that gives the limit or the exemption before tags do, or `default`. */
  readonly ruledBy: string;
  /** Undefined where the settings have tags off. */
  readonly tags?: { readonly ofSession: Tags; readonly ofWorkgroup: Tags };
  /** From when no tag exempts it any more, by `tags.maxExemptDays`; undefined where that is not set. */
  readonly exemptionsEnd?: Date;
  readonly limits: Limits;
  /** What each limit for its state says by itself. */
  readonly readings: readonly Decision[];
  readonly decision: Decision;
  /** When it becomes, or became, due if it stays as it is; undefined where it does not. */
  readonly dueAt?: Date;
  /** When its own idle timeout ends it; undefined where that is not known. */
  readonly endsByItselfAt?: Date;
  /** What the deployed reaper's log says of a session that has ended; missing where nobody asked for it. */
  readonly ending?: Read<LoggedEnding>;
}

/**
 * @throws SessionServiceError where the tags of a session that has not ended cannot be read: a sweep would not end it
 * then.
 */
export async function explain(
  session: SessionDetail,
  service: SessionService,
  settings: ReaperSettings,
  signal: AbortSignal,
): Promise<Explanation> {
  const { workGroup } = session;
  // The answer that has the session has shown the service's clock.
  const now = new Date(Date.now() + service.clockOffsetMs());
  const tags = settings.tags.enabled && (await readTags(session, service, signal));
  const sparing = tags ? sparingBy(tags.ofWorkgroup, tags.ofSession, settings.tags.prefix, now) : {};
  const found = { ...(tags && { tags }), looked: true };
  const limits = limitsFor(session, settings, now, { sparing, ...found });
  const end = exemptionsEnd(session, settings, now);
  const readings = readEach(session, limits, now);
  const selection = readSelection(workGroup, settings.workgroups);
  const client = clientOf(session, tags ? tags.ofSession : {});
  const owner = ownerOf(session, tags || undefined, settings.owner.tagKeys);
  const dueAt = selection.swept ? dueAtBy(readings, limits) : undefined;
  const endsByItselfAt = ownEnd(session);
  return {
    session,
    now,
    ...(client !== undefined && { client }),
    ...(owner && { owner: { ...owner, name: ownerText(owner.name) } }),
    selection,
    rules: readRules(session, settings, now, found),
    ruledBy: ruledBy(session, settings, now, found).rule,
    ...(tags && { tags }),
    ...(tags && end && { exemptionsEnd: end }),
    limits,
    readings,
    decision: decide(session, limits, now),
    ...(dueAt && { dueAt }),
    ...(endsByItselfAt && { endsByItselfAt }),
  };
}

async function readTags(session: SessionDetail, service: SessionService, signal: AbortSignal) {
  const { workGroup, sessionId } = session;
  try {
    return {
      ofSession: (await service.sessionTags(workGroup, sessionId, signal)).tags,
      ofWorkgroup: await service.workgroupTags(workGroup, signal),
    };
  } catch (error) {
    // Nothing hangs on them any more.
    if (isInactive(session)) return undefined;
    throw error;
  }
}

/** The earliest of the limits whose time is known. */
function dueAtBy(readings: readonly Decision[], { exempt }: Limits): Date | undefined {
  if (exempt) return undefined;
  const times = readings.flatMap(({ evidence: { since, limitMinutes } }) =>
    since === undefined || limitMinutes === undefined ? [] : [since.getTime() + limitMinutes * 60_000],
  );
  return times.length === 0 ? undefined : new Date(Math.min(...times));
}

function ownEnd({ state, idleSince, idleTimeoutSeconds }: SessionDetail): Date | undefined {
  if (state !== 'IDLE' || !idleSince || idleTimeoutSeconds === undefined) return undefined;
  return new Date(idleSince.getTime() + idleTimeoutSeconds * 1_000);
}
