import type { SessionService } from '../../lambda/athena/session-service.js';
import type { NotListed, SessionRecord, SweepReport } from '../../lambda/contract/report.js';
import type { SweepSettings } from '../../lambda/contract/settings.js';
import type { Decision } from '../../lambda/policy/decision.js';
import type { Session, SessionDetail, Workgroup } from '../../lambda/policy/session.js';
import type { SweepObserver } from '../../lambda/reporting/observer.js';
import { sweep } from '../../lambda/sweep/sweep.js';
import { type Watcher, watched } from './narrowed-services.js';
import { costsOf, type SessionCosts } from './session-costs.js';

/** A session that a sweep listed, what the listing decided, and what became of the session. */
export interface SeenSession {
  readonly session: Session;
  readonly decision: Decision;
  /** What the sweep recorded of it; missing where it was kept. */
  readonly record?: SessionRecord;
  /** What GetSession showed; missing where nobody looked. */
  readonly detail?: SessionDetail;
  /** Whether its owner was asked for, so that one that is missing is not known. */
  readonly isOwnerKnown?: true;
  /** Where it was asked for beside the sweep; what the sweep found is in the record. */
  readonly owner?: string;
  /** DPUs that it holds now; missing where nobody asked, or Athena does not say. */
  readonly dpus?: number;
  readonly costs?: SessionCosts;
}

/** A workgroup as a region listed it, whether or not it was selected. */
export interface SeenWorkgroup extends Workgroup {
  readonly region: string;
}

/** What a sweep saw and did, unabridged. */
export interface SweepView {
  /** With every session and every place not listed, where the function's own report keeps to the first ones. */
  readonly report: SweepReport;
  /** Every workgroup that there is, those that were not selected, too. */
  readonly workgroups: readonly SeenWorkgroup[];
  /** Every session listed. */
  readonly sessions: readonly SeenSession[];
  /** In report mode: what would have been ended, as it was listed. */
  readonly due: readonly Session[];
}

export interface ViewOptions {
  readonly settings: SweepSettings;
  /** Aborts when nothing new may be begun. Answers to calls in flight are waited for, so that none is lost. */
  readonly stop: AbortSignal;
  readonly progress: Pick<SweepObserver, 'session' | 'workgroupListed'>;
}

/** One sweep by the function's own core, without its deadline, seen in full. */
export async function viewSweep(
  services: readonly SessionService[],
  { settings, stop, progress }: ViewOptions,
): Promise<SweepView> {
  const judged = new Map<string, SeenSession>();
  const records = new Map<string, SessionRecord>();
  const notListed: NotListed[] = [];
  const workgroups: SeenWorkgroup[] = [];
  const details = new Map<string, SessionDetail>();
  const watcher: Watcher = {
    workgroups: (page, region) => workgroups.push(...page.map((one) => ({ ...one, region }))),
    session: (detail) => details.set(keyOf(detail), detail),
  };
  const { report } = await sweep(
    services.map((service) => watched(service, watcher)),
    {
      settings,
      clock: Date.now,
      stop,
      lastCall: new AbortController().signal,
      observer: {
        ...progress,
        judged: (session, decision) => judged.set(keyOf(session), { session, decision }),
        session: (record) => {
          records.set(keyOf(record), record);
          progress.session?.(record);
        },
        notListed: (item) => notListed.push(item),
      },
    },
  );
  const seen = [...judged].map(([key, one]): SeenSession => {
    const [record, detail] = [records.get(key), details.get(key)];
    const known = { ...one, ...(record && { record }), ...(detail && { detail }) };
    return { ...known, costs: costsOf(known, nowIn(report, one.session.region)) };
  });
  return {
    report: { ...report, notListed, sessions: recordsOf(seen), sessionsOmitted: 0 },
    workgroups,
    sessions: seen,
    due: seen.filter(({ record }) => record?.outcome === 'would-terminate').map(({ session }) => session),
  };
}

/** The "now" of a sweep's decisions in a region, by Athena's clock where it is known to differ. */
export function nowIn({ startedAt, regions }: SweepReport, region: string): Date {
  const { clockOffsetSeconds = 0 } = regions.find((each) => each.region === region) ?? {};
  return new Date(Date.parse(startedAt) + clockOffsetSeconds * 1_000);
}

/** What was recorded of sessions, longest first. */
export function recordsOf(sessions: readonly SeenSession[]): readonly SessionRecord[] {
  return sessions.flatMap(({ record }) => record ?? []).toSorted((a, b) => b.minutes - a.minutes);
}

/** What names a session among those of several regions. */
export function keyOf({
  region,
  sessionId,
}: {
  readonly region: string;
  readonly sessionId: string;
}): string {
  return `${region}/${sessionId}`;
}
