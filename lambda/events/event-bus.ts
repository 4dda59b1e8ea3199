/**
 * The bus that events are put on, and its adapter on the client of EventBridge. It is loaded with the first event, from
 * the Lambda runtime: a sweep without events never loads it, and the bundle does not carry it.
 */
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { CLIENT_DEFAULTS } from '../athena/athena-sessions.js';
import { boundedCall } from '../athena/bounded-call.js';

/** One event, in the words of PutEvents. */
export interface BusEntry {
  readonly Source: string;
  readonly DetailType: string;
  /** JSON. */
  readonly Detail: string;
  readonly Resources: readonly string[];
}

export interface EventBus {
  /**
   * One call. @returns the entries that were refused, and why the first of them was.
   * @throws whatever the client throws where none was taken.
   */
  put(entries: readonly BusEntry[], signal: AbortSignal): Promise<Refused>;
}

export interface Refused {
  readonly entries: readonly BusEntry[];
  readonly error?: string;
}

/** The default bus of the account, in a region. Its client is made for the first event, so that most sweeps make none. */
export function defaultBusIn(region: string): EventBus {
  let client: EventBridgeClient | undefined;
  return {
    put: async (entries, signal) => {
      const { EventBridgeClient, PutEventsCommand } = await import('@aws-sdk/client-eventbridge');
      const bus = client ?? new EventBridgeClient({ ...CLIENT_DEFAULTS, region });
      client = bus;
      const command = new PutEventsCommand({
        Entries: entries.map((entry) => ({ ...entry, Resources: [...entry.Resources] })),
      });
      const { Entries: answers = [] } = await boundedCall((options) => bus.send(command, options), signal);
      // Each answer stands at the place of its entry; an id says that it was taken.
      const taken = entries.map((_, index) => answers[index]?.EventId !== undefined);
      const refusal = answers.find(({ EventId }) => EventId === undefined);
      return {
        entries: entries.filter((_, index) => !taken[index]),
        ...(refusal && { error: `${refusal.ErrorCode}: ${refusal.ErrorMessage}` }),
      };
    },
  };
}
