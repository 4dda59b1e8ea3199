/** Events of sessions, where they are wanted: only then the code that makes and puts them is loaded. */
import type { LineWriter } from '../reporting/emission.js';
import type { EventBus } from './event-bus.js';
import type { EventContext, SessionEvents } from './session-events.js';

/**
 * Loads before the sweep what it will need, so that a file that cannot be loaded fails the invocation, loudly, instead of
 * ending sessions without their events.
 * @param host `bus` loads the bus; missing where events go nowhere.
 * @returns undefined where no events are wanted, or go nowhere.
 */
export async function wantedEvents(
  settings: EventContext['settings'],
  { bus, logger }: { readonly bus?: () => Promise<EventBus>; readonly logger: Pick<LineWriter, 'error'> },
): Promise<SessionEvents | undefined> {
  if (!bus || !settings.notify.sessionEvents) return undefined;
  const { SessionEvents } = await import('./session-events.js');
  return new SessionEvents({ settings, bus: await bus(), logger });
}
