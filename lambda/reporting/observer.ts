/** The events of a sweep, for whoever follows it: the log, a progress bar, a table. */
import type { NotListed, SessionRecord } from '../contract/report.js';
import type { Decision } from '../policy/decision.js';
import type { Session } from '../policy/session.js';

/** What a sweep says while it runs; the report at the end holds the same, but bounded. */
export interface SweepObserver {
  /** A session as its listing shows it, with what was decided of it: those that are kept, too. */
  judged?(session: Session, decision: Decision): void;
  /** A session that was due or warned, as soon as its outcome is known. */
  session?(record: SessionRecord): void;
  notListed?(item: NotListed): void;
  /** Athena's clock in a region is more than a minute ahead of ours, or behind it. */
  clocksApart?(item: { readonly region: string; readonly clockOffsetSeconds: number }): void;
  /** A workgroup was listed to its last page; `workgroups` is how many there are in the region. */
  workgroupListed?(region: string, listed: number, workgroups: number): void;
}
