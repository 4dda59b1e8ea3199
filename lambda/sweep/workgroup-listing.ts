/** One workgroup while it is listed: what the listing has shown so far, for later sweeps to remember. */
import type { Decision } from '../policy/decision.js';
import { earliestDueOf, earliestDueOfUnseen, type ListingContext } from '../policy/earliest-due.js';
import type { Session } from '../policy/session.js';
import { idleMinutesOf } from './idle-age.js';
import type { QuietListing } from './listing-memory.js';

export class WorkgroupListing implements QuietListing {
  sessions = 0;
  quietUntil: number;
  readonly idleMinutes: number[] = [];

  /** @param begunAt epoch milliseconds by the service's clock. */
  constructor(
    workGroup: string,
    readonly begunAt: number,
    private readonly context: ListingContext,
  ) {
    this.quietUntil = earliestDueOfUnseen(workGroup, begunAt, context);
  }

  judged(session: Session, decision: Decision): void {
    this.sessions += 1;
    this.quietUntil = Math.min(this.quietUntil, earliestDueOf(session, this.context));
    const minutes = idleMinutesOf(session, decision);
    if (minutes !== undefined) this.idleMinutes.push(minutes);
  }
}
