/** Every exemption that stands in the swept workgroups: by tag on them, by tag on their sessions, and by rule. */
import { failureOf } from '../../lambda/athena/errors.js';
import type { SessionService } from '../../lambda/athena/session-service.js';
import type { NotListed } from '../../lambda/contract/report.js';
import type { ReaperSettings } from '../../lambda/contract/settings.js';
import { limitsFor } from '../../lambda/policy/limits.js';
import type { Session } from '../../lambda/policy/session.js';
import { isSelected } from '../../lambda/policy/workgroup-selection.js';
import { ACTIVE_STATES, sessionsOf, workgroupsOf } from '../account/listing.js';
import { exemptionsInTags, longestFirst, type TagExemption } from './exemptions-in-tags.js';

export interface StandingExemption extends TagExemption {
  readonly region: string;
  readonly workGroup: string;
  /** Missing for a workgroup: every session in it is exempt. */
  readonly sessionId?: string;
  readonly startedAt?: Date;
}

/** Tags that could not be read, so that there may be more exemptions. */
export interface NotRead {
  readonly region: string;
  readonly workGroup: string;
  readonly sessionId?: string;
  readonly error: string;
}

export interface Standing {
  /** Those without an end first, then the one that ends last; of two alike, that of the older session. */
  readonly exemptions: readonly StandingExemption[];
  readonly notListed: readonly NotListed[];
  readonly notRead: readonly NotRead[];
  /** Sessions whose own tags Athena says cannot be read, by anyone. */
  readonly unreadable: number;
  readonly calls: number;
}

/** One call for each workgroup and each session, beside the listing. */
export async function standingExemptions(
  services: readonly SessionService[],
  settings: ReaperSettings,
  signal: AbortSignal,
): Promise<Standing> {
  const regions = await Promise.all(services.map((service) => standingIn(service, settings, signal)));
  return {
    exemptions: regions.flatMap(({ exemptions }) => exemptions).toSorted(inOrder),
    notListed: regions.flatMap(({ notListed }) => notListed),
    notRead: regions.flatMap(({ notRead }) => notRead),
    unreadable: regions.reduce((sum, { unreadable }) => sum + unreadable, 0),
    calls: services.reduce((sum, service) => sum + service.callCounts().calls, 0),
  };
}

async function standingIn(service: SessionService, settings: ReaperSettings, signal: AbortSignal) {
  const chosen = { ...settings, regions: [service.region], onlyWorkgroups: ['*'] };
  const { workgroups, notListed } = await workgroupsOf(service, (one) => isSelected(one, chosen), signal);
  const listing = await sessionsOf(workgroups, ACTIVE_STATES, service, signal);
  const now = new Date(Date.now() + service.clockOffsetMs());
  const byRule = listing.sessions.flatMap((session) => exemptByRule(session, settings, now));
  const byTag = settings.tags.enabled
    ? await Promise.all([
        ...workgroups.map(({ name }) => ofWorkgroup(name, service, settings, now, signal)),
        ...listing.sessions.map((session) => ofSession(session, service, settings, now, signal)),
      ])
    : [];
  return {
    exemptions: [...byRule, ...byTag.flatMap((read) => ('exemptions' in read ? read.exemptions : []))],
    notListed: [...notListed, ...listing.notListed],
    notRead: byTag.flatMap((read) => ('error' in read ? [read] : [])),
    unreadable: byTag.filter((read) => 'isUnreadable' in read).length,
  };
}

function exemptByRule(session: Session, settings: ReaperSettings, now: Date): readonly StandingExemption[] {
  const { exempt, rule } = limitsFor(session, settings, now);
  return exempt === 'rule' ? [{ ...placeOf(session), by: rule }] : [];
}

type Read = { readonly exemptions: readonly StandingExemption[]; readonly isUnreadable?: true } | NotRead;

async function ofWorkgroup(
  workGroup: string,
  service: SessionService,
  { tags: { prefix } }: ReaperSettings,
  now: Date,
  signal: AbortSignal,
): Promise<Read> {
  const place = { region: service.region, workGroup };
  try {
    const tags = await service.workgroupTags(workGroup, signal);
    const found = exemptionsInTags(tags, 'workgroup', prefix, now);
    return { exemptions: found.map((each) => ({ ...place, ...each })) };
  } catch (error) {
    return { ...place, error: failureOf('ListTagsForResource', error).message };
  }
}

async function ofSession(
  session: Session,
  service: SessionService,
  { tags: { prefix } }: ReaperSettings,
  now: Date,
  signal: AbortSignal,
): Promise<Read> {
  const { workGroup, sessionId } = session;
  try {
    const { tags, readable } = await service.sessionTags(workGroup, sessionId, signal);
    const found = exemptionsInTags(tags, 'session', prefix, now);
    const exemptions = found.map((each) => ({ ...placeOf(session), ...each }));
    return readable ? { exemptions } : { exemptions, isUnreadable: true };
  } catch (error) {
    return {
      region: session.region,
      workGroup,
      sessionId,
      error: failureOf('ListTagsForResource', error).message,
    };
  }
}

function placeOf({ region, workGroup, sessionId, startedAt }: Session) {
  return { region, workGroup, sessionId, ...(startedAt && { startedAt }) };
}

function inOrder(a: StandingExemption, b: StandingExemption): number {
  return (
    longestFirst(a, b) ||
    (a.startedAt?.getTime() ?? 0) - (b.startedAt?.getTime() ?? 0) ||
    a.workGroup.localeCompare(b.workGroup) ||
    (a.sessionId ?? '').localeCompare(b.sessionId ?? '')
  );
}
