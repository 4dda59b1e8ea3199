/**
 * What a scan asks beside the sweep: the owner and the DPUs of every session, also of those that a sweep does not list
 * or look at, because nothing can make them due.
 */
import pLimit from 'p-limit';
import { failureOf } from '../../lambda/athena/errors.js';
import type { SessionService } from '../../lambda/athena/session-service.js';
import type { NotListed } from '../../lambda/contract/report.js';
import type { SweepSettings } from '../../lambda/contract/settings.js';
import { decideListed } from '../../lambda/policy/decide.js';
import { limitsFor } from '../../lambda/policy/limits.js';
import { isInactive, statesWithLimit } from '../../lambda/policy/limits-by-state.js';
import { ownerOf } from '../../lambda/policy/owner.js';
import type { Tags } from '../../lambda/policy/session.js';
import { isSelected } from '../../lambda/policy/workgroup-selection.js';
import { ownerText } from '../../lambda/reporting/session-record.js';
import type { Executors } from './held-dpus.js';
import { ACTIVE_STATES, sessionsOf } from './listing.js';
import { costsOf } from './session-costs.js';
import { nowIn, type SeenSession, type SweepView } from './sweep-view.js';

export interface Inquiry {
  readonly owners: boolean;
  /** Missing: DPUs are not asked for. */
  readonly executors?: readonly Executors[];
}

/** What came of it, beside what each session shows. */
export interface Inquired {
  readonly view: SweepView;
  /** Calls to Athena, beside those of the sweep. */
  readonly calls: number;
  /** Sessions that could not be asked about, each with the error. */
  readonly failures: readonly { readonly session: SeenSession['session']; readonly error: string }[];
  /** Sessions whose executors Athena does not list: Apache Spark 3.5, perhaps. */
  readonly withoutExecutors: number;
}

/** Sessions asked about at the same time; the pace of the calls is found by the adapter. */
const AT_ONCE = 16;

export async function inquire(
  view: SweepView,
  services: readonly SessionService[],
  settings: SweepSettings,
  { owners, executors = [] }: Inquiry,
  signal: AbortSignal,
): Promise<Inquired> {
  const before = callsOf(services);
  const further = await Promise.all(
    services.map((service) => furtherSessions(view, service, settings, signal)),
  );
  const all = [...view.sessions, ...further.flatMap(({ sessions }) => sessions)];
  const limit = pLimit(AT_ONCE);
  const readers = new Map(services.map((service) => [service.region, readerOf(service)]));
  const asked = await Promise.all(
    all.map((seen) =>
      limit(async (): Promise<Asked> => {
        const reader = readers.get(seen.session.region);
        const known = owners && reader ? await withOwner(seen, reader, view, settings, signal) : { seen };
        const here = executors.find(({ region }) => region === seen.session.region);
        return here ? withDpus(known, here, signal) : known;
      }),
    ),
  );
  const sessions = asked.map(({ seen }) => seen);
  return {
    view: withNotListed(
      { ...view, sessions },
      further.flatMap(({ notListed }) => notListed),
    ),
    calls: callsOf(services) - before + executors.reduce((sum, { calls }) => sum + calls, 0),
    failures: asked.flatMap(({ seen: { session }, error }) =>
      error === undefined ? [] : { session, error },
    ),
    withoutExecutors: asked.filter(({ hasNoExecutors }) => hasNoExecutors).length,
  };
}

function callsOf(services: readonly SessionService[]): number {
  return services.reduce((sum, service) => sum + service.callCounts().calls, 0);
}

/** Sessions in states that have no limit, so that a sweep does not list them. */
async function furtherSessions(
  view: SweepView,
  service: SessionService,
  settings: SweepSettings,
  signal: AbortSignal,
): Promise<{ readonly sessions: readonly SeenSession[]; readonly notListed: readonly NotListed[] }> {
  const listed = statesWithLimit(settings);
  const states = ACTIVE_STATES.filter((state) => !listed.includes(state));
  const failed = new Set(view.report.notListed.map(({ region, workGroup }) => `${region}/${workGroup}`));
  const workgroups = view.workgroups.filter(
    ({ region, ...workgroup }) =>
      region === service.region &&
      isSelected(workgroup, settings) &&
      !failed.has(`${region}/${workgroup.name}`),
  );
  const { sessions, notListed } = await sessionsOf(workgroups, states, service, signal);
  const now = nowIn(view.report, service.region);
  const seen = sessions.map((session): SeenSession => {
    const decision = decideListed(session, limitsFor(session, settings, now), now);
    return { session, decision, costs: costsOf({ session, decision }, now) };
  });
  return { sessions: seen, notListed };
}

function withNotListed(view: SweepView, more: readonly NotListed[]): SweepView {
  if (more.length === 0) return view;
  const { report } = view;
  const counts = { ...report.counts, notListed: report.counts.notListed + more.length };
  const notListed = [...report.notListed, ...more];
  return { ...view, report: { ...report, complete: false, counts, notListed } };
}

interface Asked {
  readonly seen: SeenSession;
  readonly error?: string;
  readonly hasNoExecutors?: true;
}

interface Reader {
  readonly service: SessionService;
  /** Each workgroup is read once. */
  readonly workgroupTags: (workGroup: string, signal: AbortSignal) => Promise<Tags>;
}

function readerOf(service: SessionService): Reader {
  const reads = new Map<string, Promise<Tags>>();
  return {
    service,
    workgroupTags: (workGroup, signal) => {
      const read = reads.get(workGroup) ?? service.workgroupTags(workGroup, signal);
      reads.set(workGroup, read);
      return read;
    },
  };
}

/** Sessions that the sweep has looked at, with their tags, are not asked about again. */
async function withOwner(
  seen: SeenSession,
  { service, workgroupTags }: Reader,
  { report }: SweepView,
  settings: SweepSettings,
  signal: AbortSignal,
): Promise<Asked> {
  const { session } = seen;
  const { workGroup, sessionId, region } = session;
  if (seen.detail && seen.record && settings.tags.enabled) return { seen: { ...seen, isOwnerKnown: true } };
  try {
    const [detail, ofSession, ofWorkgroup] = await Promise.all([
      service.getSession(sessionId, signal),
      service.sessionTags(workGroup, sessionId, signal),
      workgroupTags(workGroup, signal),
    ]);
    const owner = ownerOf(detail, { ofSession: ofSession.tags, ofWorkgroup }, settings.owner.tagKeys);
    const costs = costsOf({ ...seen, detail }, nowIn(report, region));
    return {
      seen: {
        ...seen,
        detail,
        costs,
        isOwnerKnown: true,
        ...(owner && { owner: ownerText(owner.name) }),
      },
    };
  } catch (error) {
    return { seen, error: failureOf('GetSession', error).message };
  }
}

async function withDpus(asked: Asked, executors: Executors, signal: AbortSignal): Promise<Asked> {
  const { session } = asked.seen;
  if (isInactive(session)) return asked;
  try {
    const dpus = await executors.dpusHeldBy(session.sessionId, signal);
    return { ...asked, seen: { ...asked.seen, dpus } };
  } catch (error) {
    const failure = failureOf('ListExecutors', error);
    if (failure.kind === 'invalid') return { ...asked, hasNoExecutors: true };
    // A session that has gone meanwhile holds nothing.
    if (failure.kind === 'not-found') return asked;
    return { error: failure.message, ...asked };
  }
}
