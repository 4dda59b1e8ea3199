/** The event of one session, beside the report: what stands on the bus, so that rules can route by owner. */
import type { SessionRecord } from './report.js';
import type { Mode } from './settings.js';

/** As that of the report, which Lambda puts on the bus. */
export const EVENT_SOURCE = 'lambda';

export const DETAIL_TYPES = {
  ended: 'Session ended',
  dueSoon: 'Session due soon',
} as const;
export type DetailType = (typeof DETAIL_TYPES)[keyof typeof DETAIL_TYPES];

/** The `detail` of the event. */
export interface SessionEvent extends Omit<SessionRecord, 'again'> {
  readonly schemaVersion: 1;
  readonly mode: Mode;
  /** The account of the session, which in an organization is not that of the event. */
  readonly accountId: string;
  /** ISO 8601; that of the sweep's report. */
  readonly sweepStartedAt: string;
  /** Spares the session, or would have spared it; missing where no tag does. */
  readonly exemptionCommand?: string;
  /** Where owners of sessions read on. */
  readonly guide: string;
}
