/** What an answer said of a session at one moment. */
import type { SessionStatus } from '@aws-sdk/client-athena';

/** Instants are epoch milliseconds as Athena gave them; missing where it gave none. */
export interface Sample {
  readonly from: 'GetSession' | 'GetSessionStatus' | 'ListSessions';
  /** By this machine's clock, right before the call. */
  readonly askedAt: number;
  readonly state: string | undefined;
  readonly instants: Instants;
}

export interface Instants {
  readonly StartDateTime?: number;
  readonly LastModifiedDateTime?: number;
  readonly IdleSinceDateTime?: number;
  readonly EndDateTime?: number;
}
export type InstantName = keyof Instants;

export const INSTANT_NAMES: readonly InstantName[] = [
  'StartDateTime',
  'LastModifiedDateTime',
  'IdleSinceDateTime',
  'EndDateTime',
];

export function sampleOf(from: Sample['from'], askedAt: number, status: SessionStatus | undefined): Sample {
  const given = INSTANT_NAMES.flatMap((name) => {
    const instant = status?.[name];
    return instant === undefined ? [] : [[name, instant.getTime()]];
  });
  return { from, askedAt, state: status?.State, instants: Object.fromEntries(given) };
}
