import { MINUTE_MS } from '../../../lambda/contract/durations.js';
import { type AthenaRegion, DEFAULT_TIMINGS, type SessionSnapshot } from '../../athena/index.js';
import { DueQueue } from '../../athena/time/due-queue.js';
import type { WorkPlan } from '../people/work-plan.js';

/** Somebody who came back to a session and found it ended. */
export interface FoundEnded {
  readonly plan: WorkPlan;
  readonly sessionId: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** How long somebody waits who finds the session still busy or starting. */
const LOOKS_AGAIN_MS = 15_000;

interface Work {
  readonly plan: WorkPlan;
  readonly calculations: WorkPlan['calculations'];
  /** The session in use; a new one where it was found ended. */
  sessionId: string;
}

/** Carries out what people mean to do, in an account of the embedded Athena. */
export class SimulatedAccount {
  readonly foundEnded: FoundEnded[] = [];
  readonly #queue = new DueQueue<() => void>();
  readonly #sessions = new Map<string, WorkPlan>();
  readonly #stoppedByOwner = new Set<string>();
  readonly #midnight: number;

  /** @param midnight epoch milliseconds at which the simulated day begins. */
  constructor(
    private readonly region: AthenaRegion,
    plans: readonly WorkPlan[],
    midnight: number,
  ) {
    this.#midnight = midnight;
    for (const plan of plans) this.#queue.push(this.#timeOf(plan.startsAt), () => this.#begin(plan));
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
  sessions(): readonly { readonly plan: WorkPlan; readonly session: SessionSnapshot }[] {
    return this.region.sessions().flatMap((session) => {
      const plan = this.#sessions.get(session.sessionId);
      return plan ? [{ plan, session }] : [];
    });
  }

  /** Whether the one who ended a session was the one who used it. */
  wasStoppedByOwner(sessionId: string): boolean {
    return this.#stoppedByOwner.has(sessionId);
  }

  #begin(plan: WorkPlan): void {
    const work = { plan, calculations: plan.calculations, sessionId: this.#start(plan) };
    this.#next(work, 0);
  }

  #start(plan: WorkPlan): string {
    const sessionId = this.region.putSession({
      ...plan.session,
      workGroup: plan.workGroup,
      state: 'CREATING',
      ageMinutes: 0,
      later: phasesAfterStart(plan),
    });
    this.#sessions.set(sessionId, plan);
    return sessionId;
  }

  /** Waits for the calculation with that index, or for the end. */
  #next(work: Work, index: number): void {
    const calculation = work.calculations[index];
    if (calculation) {
      this.#queue.push(this.#timeOf(calculation.at), () => this.#calculate(work, index));
    } else if (work.plan.stopsAt !== undefined) {
      this.#queue.push(this.#timeOf(work.plan.stopsAt), () => this.#stop(work));
    }
  }

  #calculate(work: Work, index: number): void {
    const { state } = this.region.session(work.sessionId);
    if (state === 'IDLE') {
      this.region.runCalculation(work.sessionId, (work.calculations[index]?.minutes ?? 0) * MINUTE_MS);
      this.#next(work, index + 1);
      return;
    }
    if (isOver(state)) {
      this.foundEnded.push({ plan: work.plan, sessionId: work.sessionId, at: this.region.now() });
      work.sessionId = this.#start(work.plan);
    }
    this.#queue.push(this.region.now() + LOOKS_AGAIN_MS, () => this.#calculate(work, index));
  }

  #stop({ sessionId }: Work): void {
    if (isOver(this.region.session(sessionId).state)) return;
    this.#stoppedByOwner.add(sessionId);
    this.region.endSession(sessionId);
  }

  #timeOf(minutes: number): number {
    return this.#midnight + Math.round(minutes * MINUTE_MS);
  }
}

function phasesAfterStart({ trouble }: WorkPlan) {
  const createdAt = DEFAULT_TIMINGS.creatingMs / MINUTE_MS;
  const idleAt = createdAt + DEFAULT_TIMINGS.createdMs / MINUTE_MS;
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
