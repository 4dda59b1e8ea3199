/** Where a deployed reaper is read, and with what. */
import type { ClientConfig } from '../account/connection.js';

export interface Place {
  readonly region: string;
  readonly stack: string;
  readonly clientConfig: ClientConfig;
  readonly signal: AbortSignal;
}

/** What every AWS client of a place is made with. */
export function configAt({ region, clientConfig }: Place) {
  return { ...clientConfig, region, maxAttempts: 4 };
}
