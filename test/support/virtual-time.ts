/**
 * Simulated time: the clock stands still while anything runs and jumps from timer to timer when nothing does,
 * so that an hour costs as much as what happens in it, and every run with the same seed is the same run.
 */
import FakeTimers from '@sinonjs/fake-timers';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** The instant at which simulated time begins. */
export const START = Date.UTC(2026, 2, 2, 10);

/** How many turns of the event loop to wait for work that sets no timer. */
const PATIENCE = 1_000;

const nextTurn = globalThis.setImmediate;
/** Every promise that could settle has: streams and promises come before the next turn. */
const settle = () => new Promise<void>((resolve) => nextTurn(() => resolve()));

export interface VirtualTimeOptions {
  readonly seed?: number;
  readonly startAt?: number;
  readonly lingerMs?: number;
}

/** What a task can ask of the simulated clock. */
export interface VirtualTime {
  /** Milliseconds since the task began. */
  elapsedMs(): number;
}

/**
 * Runs a task, and nothing else, in simulated time and with seeded randomness. Whatever the task needs from the
 * outside must come without sockets, files or threads.
 * @param options.startAt epoch milliseconds. @default START
 * @param options.lingerMs time that goes on passing after the task has settled.
 * @throws Error when the task waits for something that no timer will bring.
 */
export async function inVirtualTime<T>(
  task: (time: VirtualTime) => Promise<T>,
  { seed = 1, startAt = START, lingerMs = 0 }: VirtualTimeOptions = {},
): Promise<T> {
  const clock = FakeTimers.install({
    now: startAt,
    toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'],
  });
  const trueRandom = Math.random;
  const fakeSetTimeout = globalThis.setTimeout;
  Math.random = seededRandom(seed);
  globalThis.setTimeout = wholeMilliseconds(fakeSetTimeout);
  try {
    const result = await drive(clock, task({ elapsedMs: () => clock.now - startAt }));
    const end = clock.now + lingerMs;
    while (clock.countTimers() > 0 && clock.now < end) await step(clock);
    return result;
  } finally {
    Math.random = trueRandom;
    globalThis.setTimeout = fakeSetTimeout;
    clock.uninstall();
  }
}

/** Numbers from 0 up to 1, the same for the same seed. */
export function seededRandom(seed: number): () => number {
  const generator = xoroshiro128plus(seed);
  return () => (generator.next() >>> 0) / 0x1_0000_0000;
}

/** As Node has it: no timer fires early, and none at once, so that whoever waits for a fraction sees time pass. */
function wholeMilliseconds(fake: typeof setTimeout): typeof setTimeout {
  const whole = (callback: (...args: unknown[]) => void, ms = 1, ...args: unknown[]) =>
    fake(callback, Math.max(1, Math.ceil(ms)), ...args);
  return Object.assign(whole, fake);
}

type Clock = ReturnType<typeof FakeTimers.install>;

async function drive<T>(clock: Clock, work: Promise<T>): Promise<T> {
  let settled = false;
  const done = work.finally(() => {
    settled = true;
  });
  done.catch(() => undefined);
  await settle();
  let quietTurns = 0;
  while (!settled) {
    quietTurns = clock.countTimers() > 0 ? 0 : quietTurns + 1;
    if (quietTurns > PATIENCE) throw new Error('no timer is set, and the task is still waiting');
    await step(clock);
  }
  return done;
}

/** One timer at a time, so that timers of the same instant never run into each other's promises. */
async function step(clock: Clock): Promise<void> {
  if (clock.countTimers() > 0) clock.next();
  await settle();
}
