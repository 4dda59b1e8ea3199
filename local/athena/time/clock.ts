/** The clocks that the embedded Athena can run on: real time, or time that a test drives. */
import { DueQueue } from './due-queue.js';

/** Where the embedded Athena takes its time from. Times are epoch milliseconds. */
export interface Clock {
  now(): number;
  /** Resolves `ms` milliseconds later, or rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The process's own time. Looks `Date` and `setTimeout` up at each call, so that faked ones are honoured. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => {
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (ms <= 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      }, ms);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  },
};

/** `clock`, ahead of it by `offsetMs` milliseconds, or behind it where that is negative. */
export function shiftedClock(clock: Clock, offsetMs: number): Clock {
  return { now: () => clock.now() + offsetMs, sleep: (ms, signal) => clock.sleep(ms, signal) };
}

interface Sleeper {
  readonly wake: () => void;
  awake: boolean;
}

// Taken when the module loads, so that faked timers do not stop a driven clock.
const nextTurn = globalThis.setImmediate;

/** How many turns of the event loop {@link DrivenClock.runUntil} waits for work that does not sleep. */
const PATIENCE = 10_000;

/**
 * A clock that stands still until it is driven. Nothing waits in real time: a simulated week costs as much as
 * what happens in it.
 */
export class DrivenClock implements Clock {
  readonly #sleepers = new DueQueue<Sleeper>();
  #now: number;

  constructor(start: Date | number = Date.UTC(2026, 0, 1, 12)) {
    this.#now = Number(start);
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (ms <= 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        sleeper.awake = true;
        reject(signal?.reason);
      };
      const wake = () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      };
      const sleeper: Sleeper = { wake, awake: false };
      this.#sleepers.push(this.#now + ms, sleeper);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  /** Moves time on by `ms`, waking every sleeper at its own time and in order, and lets what they do settle. */
  async advance(ms: number): Promise<void> {
    const target = this.#now + ms;
    await settle();
    for (let at = this.#nextWake(); at !== undefined && at <= target; at = this.#nextWake()) {
      await this.#wakeAt(at);
    }
    this.#now = target;
    await settle();
  }

  /**
   * Moves time on, from one sleeper to the next, until `work` has settled, and returns its result.
   * For work that waits on this clock only (the in-process transport, not sockets).
   * @throws Error when nothing sleeps any more and `work` still has not settled.
   */
  async runUntil<T>(work: Promise<T>): Promise<T> {
    let settled = false;
    const done = work.finally(() => {
      settled = true;
    });
    done.catch(() => undefined);
    let quietTurns = 0;
    await settle();
    while (!settled) {
      const at = this.#nextWake();
      if (at !== undefined) {
        quietTurns = 0;
        await this.#wakeAt(at);
        continue;
      }
      quietTurns += 1;
      if (quietTurns > PATIENCE) throw new Error('nothing sleeps on the clock; the work is still waiting');
      await settle();
    }
    return done;
  }

  #nextWake(): number | undefined {
    const at = this.#sleepers.nextAt;
    return at === undefined ? undefined : Math.max(at, this.#now);
  }

  async #wakeAt(at: number): Promise<void> {
    const sleeper = this.#sleepers.popDue(at)?.item;
    if (sleeper === undefined || sleeper.awake) return;
    sleeper.awake = true;
    this.#now = at;
    sleeper.wake();
    await settle();
  }
}

/** One turn of the event loop: every promise that could settle has. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    nextTurn(resolve);
  });
}
