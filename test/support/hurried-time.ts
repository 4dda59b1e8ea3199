/**
 * Time that nobody waits for: it stands still while anything is under way, and jumps to the next timer when all that is
 * left to do is to wait. A pause between two tries costs nothing, nor does a call that hangs until its timeout, and on a
 * slow machine no time runs out that would not run out elsewhere.
 */
import { syncBuiltinESMExports } from 'node:module';
import FakeTimers from '@sinonjs/fake-timers';
import { onTestFinished, vi } from 'vitest';
import { watchedRequests } from './watched-requests.js';

/** For this many turns nothing was under way before time jumps: what an answer sets off has begun by then. */
const QUIET_TURNS = 3;

/** What the process asks of the machine and no timer brings: files, names, connections. */
const ASKED_OF_THE_MACHINE = /Req|ConnectWrap/;

/**
 * Lets time hurry until the test ends: `Date`, `performance`, `setTimeout` and `AbortSignal.timeout`. For tests whose
 * clients and services are all in this process, and talk over HTTP: another process lives in time as it is.
 */
export function hurryTime(): void {
  const requests = watchedRequests();
  const clock = FakeTimers.install({
    now: Date.now(),
    toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'],
  });
  // The fake replaces `setTimeout` of `node:timers/promises` too: whoever imports it by name sees that from here on.
  syncBuiltinESMExports();
  const timeout = vi.spyOn(AbortSignal, 'timeout').mockImplementation(abortsAfter);
  const testOver = new AbortController();
  const hurrying = hurry(clock, requests.areHeld, testOver.signal);
  onTestFinished(async () => {
    testOver.abort();
    await hurrying;
    timeout.mockRestore();
    clock.uninstall();
    syncBuiltinESMExports();
    requests.release();
  });
}

async function hurry(
  clock: ReturnType<typeof FakeTimers.install>,
  areRequestsHeld: () => boolean,
  testOver: AbortSignal,
): Promise<void> {
  let quietTurns = 0;
  while (!testOver.aborted) {
    // A turn of the event loop in true time, or as many as it takes until all is loaded that is being imported.
    await vi.dynamicImportSettled();
    const isQuiet = areRequestsHeld() && !process.getActiveResourcesInfo().some(isAskedOfTheMachine);
    quietTurns = isQuiet ? quietTurns + 1 : 0;
    if (quietTurns < QUIET_TURNS) continue;
    clock.next();
    quietTurns = 0;
  }
}

const isAskedOfTheMachine = (resource: string) => ASKED_OF_THE_MACHINE.test(resource);

/** `AbortSignal.timeout` by the timers that hurry. */
function abortsAfter(ms: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new DOMException('The time is up.', 'TimeoutError')), ms);
  return controller.signal;
}
