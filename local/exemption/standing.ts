/** Every exemption that stands in the swept workgroups: by tag on them, by tag on their sessions, and by rule. */
import { failureOf } from '../../lambda/athena/errors.js';
import type { SessionService } from '../../lambda/athena/session-service.js';
import type { NotListed } from '../../lambda/contract/report.js';
import type { ReaperSettings } from '../../lambda/contract/settings.js';
import { exemptionsEnd } from '../../lambda/policy/limits.js';
import { ruledBy } from '../../lambda/policy/rules.js';
import type { Session, Tags } from '../../lambda/policy/session.js';
import { isSelected } from '../../lambda/policy/workgroup-selection.js';
import { ACTIVE_STATES, sessionsOf, workgroupsOf } from '../account/listing.js';
import { endingBy, exemptionsInTags, longestFirst, type TagExemption } from './exemptions-in-tags.js';

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
  const reading: Reading = {
    settings,
    now: new Date(Date.now() + service.clockOffsetMs()),
    service,
    signal,
    tagsOf: new Map<string, Tags>(),
  };
  // Before their sessions: rules look at the tags of both.
  const ofWorkgroups = await Promise.all(
    settings.tags.enabled ? workgroups.map(({ name }) => ofWorkgroup(name, reading)) : [],
  );
  const ofSessions = await Promise.all(listing.sessions.map((session) => ofSession(session, reading)));
  const all = [...ofWorkgroups, ...ofSessions];
  return {
    exemptions: all.flatMap(({ exemptions }) => exemptions),
    notListed: [...notListed, ...listing.notListed],
    notRead: all.flatMap(({ notRead }) => notRead ?? []),
    unreadable: all.filter(({ isUnreadable }) => isUnreadable).length,
  };
}

interface Reading {
  readonly settings: ReaperSettings;
  /** By Athena's clock. */
  readonly now: Date;
  readonly service: SessionService;
  readonly signal: AbortSignal;
  /** By workgroup, those that could be read. */
  readonly tagsOf: Map<string, Tags>;
}

interface Read {
  readonly exemptions: readonly StandingExemption[];
  readonly notRead?: NotRead;
  readonly isUnreadable?: boolean;
}

async function ofWorkgroup(
  workGroup: string,
  { service, settings, now, signal, tagsOf }: Reading,
): Promise<Read> {
  const place = { region: service.region, workGroup };
  try {
    const tags = await service.workgroupTags(workGroup, signal);
    tagsOf.set(workGroup, tags);
    const found = exemptionsInTags(tags, 'workgroup', settings.tags.prefix, now);
    return { exemptions: found.map((each) => ({ ...place, ...each })) };
  } catch (error) {
    return { exemptions: [], notRead: { ...place, error: failureOf('ListTagsForResource', error).message } };
  }
}

async function ofSession(session: Session, reading: Reading): Promise<Read> {
  const { settings, service, now, signal } = reading;
  const { workGroup, sessionId, region } = session;
  if (!settings.tags.enabled) return { exemptions: byRule(session, undefined, reading) };
  try {
    const { tags, readable } = await service.sessionTags(workGroup, sessionId, signal);
    const tagged = exemptionsInTags(tags, 'session', settings.tags.prefix, now);
    const found = endingBy(tagged, exemptionsEnd(session, settings, now), now);
    const byTag = found.map((each) => ({ ...placeOf(session), ...each }));
    return { exemptions: [...byRule(session, tags, reading), ...byTag], isUnreadable: !readable };
  } catch (error) {
    return {
      exemptions: byRule(session, undefined, reading),
      notRead: { region, workGroup, sessionId, error: failureOf('ListTagsForResource', error).message },
    };
  }
}

/** By the rules as far as listing and tags go: one that asks for a role needs a look at each session. */
function byRule(
  session: Session,
  ofSession: Tags | undefined,
  { settings, now, tagsOf }: Reading,
): readonly StandingExemption[] {
  const ofWorkgroup = tagsOf.get(session.workGroup);
  const tags = ofSession && ofWorkgroup && { ofSession, ofWorkgroup };
  const { exempt, rule } = ruledBy(session, settings, now, tags && { tags, looked: false });
  return exempt ? [{ ...placeOf(session), by: rule }] : [];
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
