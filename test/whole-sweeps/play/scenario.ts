/** What one simulated sweep meets, as plain values, so that a failing one can be shrunk, printed and replayed. */

import type { Narrowing, ReaperSettings } from '../../../lambda/contract/settings.js';
import type { Engine, SessionPlacement, World } from '../../../local/athena/index.js';

export interface Scenario {
  /** Of the sweep's own randomness: the order of workgroups, the spread of retries. */
  readonly seed: number;
  readonly settings: Partial<ReaperSettings>;
  readonly event: Narrowing;
  /** What Lambda says is left, in milliseconds. */
  readonly remainingMs: number;
  readonly latencyMs: number;
  /** How Athena behaves where its documentation leaves it open. */
  readonly world: World;
  /** Milliseconds by which the service's clock is ahead of the function's. */
  readonly clockOffsetMs: number;
  /** The function's role has its Deny on the exempt tag. */
  readonly denyTagged: boolean;
  /** The service gives smaller pages than it is asked for. */
  readonly pageSize: number;
  readonly rateLimit?: { readonly ratePerSecond: number; readonly burst: number } | undefined;
  /** As many regions as there are lists of workgroups. */
  readonly regions: readonly (readonly WorkgroupPlan[])[];
  readonly faults: readonly FaultPlan[];
  readonly turns: readonly LifeTurn[];
}

export interface WorkgroupPlan {
  readonly name: string;
  readonly engine: Engine;
  /** What the service says its engine is, where that is not the truth: `missing`, or any text. */
  readonly engineShown?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly sessions: readonly SessionPlan[];
}

export interface SessionPlan extends Omit<SessionPlacement, 'workGroup' | 'sessionId'> {
  /** Only listings know it. */
  readonly isLost?: boolean | undefined;
}

export const REGIONS = ['eu-west-1', 'us-east-1', 'ap-south-1'] as const;

export const OPERATIONS = [
  'ListWorkGroups',
  'ListSessions',
  'GetSession',
  'ListTagsForResource',
  'TerminateSession',
] as const;
export type SweepOperation = (typeof OPERATIONS)[number];

/** The n-th region, workgroup or session that there is, counted round and round. */
export interface FaultPlan {
  readonly what: FaultKind;
  readonly operation?: SweepOperation | undefined;
  readonly region?: number | undefined;
  readonly workgroup?: number | undefined;
  readonly session?: number | undefined;
  readonly after: number;
  /** 0: for ever. */
  readonly times: number;
}

export const FAULT_KINDS = [
  'throttled',
  'too many requests',
  '500',
  '500 though done',
  '503',
  'dropped',
  'dropped though done',
  'hang',
  'hang though done',
  'cut off',
  'malformed JSON',
  'odd JSON',
  'no body',
  'no object',
  'no list',
  'list of nobody',
  'no workgroups',
  'access denied',
  'denied by the role',
  'denied by the organization',
  'credentials expired',
  'invalid request',
  'not found',
  'unknown error',
  'page token expired',
  'page token repeated',
  'unknown state',
  'no state',
  'timestamps missing',
  'timestamps garbled',
  'timestamps of zero',
  'timestamps too early',
  'timestamps before the start',
  'timestamps in the future',
  'slow',
  // On the client's side of the wire:
  'connection refused',
  'never a whole answer',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** Something that happens in a session's life just before a call takes effect. */
export interface LifeTurn {
  /** Counted from 1 over all calls. */
  readonly beforeCall: number;
  readonly session: number;
  readonly what: TurnKind;
}

export const TURN_KINDS = [
  'works',
  'works a moment ago',
  'works over Spark Connect',
  'ends',
  'vanishes',
  'is lost',
  'becomes exempt',
  'gets a longer limit',
  'loses its tags',
  'workgroup becomes exempt',
  'workgroup loses its tags',
] as const;
export type TurnKind = (typeof TURN_KINDS)[number];

/** The id of a session by its place in the scenario. */
export function sessionIdOf(region: number, workgroup: number, session: number): string {
  return `session-${region}-${workgroup}-${session}`;
}
