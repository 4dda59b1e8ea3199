/**
 * Whether `LastModifiedDateTime` may stand in for a missing `IdleSinceDateTime` in one region. Only where the settings
 * say so, the region is listed to its end, and no idle session there has ever shown, as far as the process remembers,
 * that it does not move when a session becomes idle.
 */
import { contradictsLastModified, showsLastModifiedMoving } from '../policy/instants.js';
import type { Session } from '../policy/session.js';
import type { ProcessMemory } from './process-memory.js';

export class LastModifiedTrust {
  #regionListed = false;

  /** @param place the account and region that a contradiction is remembered for. */
  constructor(
    private readonly asked: boolean,
    private readonly memory: ProcessMemory,
    private readonly place: string,
  ) {}

  /** Looks for a contradiction, or a confirmation, in a session as Athena shows it. */
  observe(session: Session): void {
    if (session.state !== 'IDLE') return;
    if (contradictsLastModified(session)) this.memory.contradictedIn(this.place);
    else if (showsLastModifiedMoving(session)) this.memory.seenMovingIn(this.place);
  }

  /** Whether the region has shown that it moves when a session becomes idle, and never that it does not. */
  get isSeenMoving(): boolean {
    return this.memory.isSeenMovingIn(this.place) && !this.memory.isContradictedIn(this.place);
  }

  /** Every workgroup of the region was listed to its last page. */
  regionListed(): void {
    this.#regionListed = true;
  }

  /** Whether sessions may turn out to be due by it. */
  get isPossible(): boolean {
    return this.asked && !this.memory.isContradictedIn(this.place);
  }

  /** Whether a session may be ended by it now. */
  get holds(): boolean {
    return this.#regionListed && this.isPossible;
  }
}
