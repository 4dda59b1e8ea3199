import { type AthenaRegion, DEFAULT_TIMINGS, type SessionSnapshot } from '../../athena/index.js';
import { DueQueue } from '../../athena/time/due-queue.js';
import type { Errand } from '../people/work-plan.js';

/** Somebody who came back to a session and found it ended. */
export interface FoundEnded {
  readonly errand: Errand;
  readonly sessionId: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

const MINUTE = 60_000;

/** How long somebody waits who finds the session still busy or starting. */
const LOOKS_AGAIN_MS = 15_000;

interface Work {
  readonly errand: Errand;
  readonly calculations: Errand['calculations'];
  /** The session in use; a new one where it was found ended. */
  sessionId: string;
}

/** Carries out what people mean to do, in an account of the embedded Athena. */
export class SimulatedAccount {
  readonly foundEnded: FoundEnded[] = [];
  readonly #queue = new DueQueue<() => void>();
  readonly #sessions = new Map<string, Errand>();
  readonly #stoppedByOwner = new Set<string>();
  readonly #midnight: number;

  /** @param midnight epoch milliseconds at which the simulated day begins. */
  constructor(
    private readonly region: AthenaRegion,
    errands: readonly Errand[],
    midnight: number,
  ) {
    this.#midnight = midnight;
    for (const errand of errands) this.#queue.push(this.#timeOf(errand.startsAt), () => this.#begin(errand));
  }

  /** Epoch milliseconds at which somebody does something next; undefined when all have gone. */
  get nextAt(): number | undefined {
    return this.#queue.nextAt;
  }

  /** Does what is due now. */
  act(): void {
    for (let due = this.#queue.popDue(this.region.now()); due; due = this.#queue.popDue(this.region.now())) {
      due.item();
    }
  }

  /** Every session so far, with what it was for. */
  sessions(): readonly { readonly errand: Errand; readonly session: SessionSnapshot }[] {
    return this.region.sessions().flatMap((session) => {
      const errand = this.#sessions.get(session.sessionId);
      return errand ? [{ errand, session }] : [];
    });
  }

  /** Whether the one who ended a session was the one who used it. */
  wasStoppedByOwner(sessionId: string): boolean {
    return this.#stoppedByOwner.has(sessionId);
  }

  #begin(errand: Errand): void {
    const work = { errand, calculations: errand.calculations, sessionId: this.#start(errand) };
    this.#next(work, 0);
  }

  #start(errand: Errand): string {
    const sessionId = this.region.putSession({
      ...errand.session,
      workGroup: errand.workGroup,
      state: 'CREATING',
      ageMinutes: 0,
      later: phasesAfterStart(errand),
    });
    this.#sessions.set(sessionId, errand);
    return sessionId;
  }

  /** Waits for the calculation with that index, or for the end. */
  #next(work: Work, index: number): void {
    const calculation = work.calculations[index];
    if (calculation) {
      this.#queue.push(this.#timeOf(calculation.at), () => this.#calculate(work, index));
    } else if (work.errand.stopsAt !== undefined) {
      this.#queue.push(this.#timeOf(work.errand.stopsAt), () => this.#stop(work));
    }
  }

  #calculate(work: Work, index: number): void {
    const { state } = this.region.session(work.sessionId);
    if (state === 'IDLE') {
      this.region.runCalculation(work.sessionId, (work.calculations[index]?.minutes ?? 0) * MINUTE);
      this.#next(work, index + 1);
      return;
    }
    if (isOver(state)) {
      this.foundEnded.push({ errand: work.errand, sessionId: work.sessionId, at: this.region.now() });
      work.sessionId = this.#start(work.errand);
    }
    this.#queue.push(this.region.now() + LOOKS_AGAIN_MS, () => this.#calculate(work, index));
  }

  #stop({ sessionId }: Work): void {
    if (isOver(this.region.session(sessionId).state)) return;
    this.#stoppedByOwner.add(sessionId);
    this.region.endSession(sessionId);
  }

  #timeOf(minutes: number): number {
    return this.#midnight + Math.round(minutes * MINUTE);
  }
}

function phasesAfterStart({ trouble }: Errand) {
  const createdAt = DEFAULT_TIMINGS.creatingMs / MINUTE;
  const idleAt = createdAt + DEFAULT_TIMINGS.createdMs / MINUTE;
  if (trouble?.kind === 'never created') return [];
  return [
    { state: 'CREATED', inMinutes: createdAt },
    { state: 'IDLE', inMinutes: idleAt },
    ...(trouble ? [{ state: 'DEGRADED', inMinutes: idleAt + trouble.afterMinutes } as const] : []),
  ] as const;
}

function isOver(state: SessionSnapshot['state']): boolean {
  return state === 'TERMINATING' || state === 'TERMINATED' || state === 'FAILED';
}
