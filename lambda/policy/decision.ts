/** A decision on a session: what is to become of it, why, and what that rests on. */
import { REASONS, type ReasonKind } from '../contract/reasons.js';
import type { Clock } from '../contract/report.js';

/** What a decision rests on. */
export interface Evidence {
  /** The timestamp that time was counted from. */
  readonly clock?: Clock;
  readonly since?: Date;
  /** Minutes from `since` to now, as the service's clock has it. */
  readonly minutes?: number;
  readonly limitMinutes?: number;
  /** Counted from `LastModifiedDateTime` on trust: the session has been idle for at least `minutes`, perhaps longer. */
  readonly lowerBound?: true;
}

export interface Decision {
  readonly action: 'terminate' | 'warn' | 'keep';
  /** For programs. */
  readonly kind: DecisionKind;
  /** For people: the phrase of `kind`. */
  readonly reason: string;
  /** What set the limit or the exemption: `default`, `rules[0]`, `stuck.busyMinutes` or a tag. */
  readonly rule: string;
  readonly evidence: Evidence;
}

interface DecisionTraits {
  readonly action: Decision['action'];
  /** Kept only because nothing usable shows how long the session has been as it is. */
  readonly unknown: boolean;
}

const DUE = { action: 'terminate', unknown: false } as const;
const KEPT = { action: 'keep', unknown: false } as const;
const KEPT_UNKNOWN = { action: 'keep', unknown: true } as const;

/** Every decision that there is, and what follows from it. */
const DECISIONS = {
  'idle-past-limit': DUE,
  'degraded-past-limit': DUE,
  'creating-past-limit': DUE,
  'created-past-limit': DUE,
  'busy-past-limit': DUE,
  'past-max-age': DUE,
  'due-soon': { action: 'warn', unknown: false },
  'within-limit': KEPT,
  'exempt-by-rule': KEPT,
  'exempt-by-tag': KEPT,
  'no-limit': KEPT,
  inactive: KEPT,
  'state-not-known': KEPT_UNKNOWN,
  'no-idle-since': KEPT_UNKNOWN,
  'timestamp-missing': KEPT_UNKNOWN,
  'timestamp-malformed': KEPT_UNKNOWN,
  'timestamp-before-service': KEPT_UNKNOWN,
  'timestamp-before-start': KEPT_UNKNOWN,
  'timestamp-in-future': KEPT_UNKNOWN,
} as const satisfies Partial<Record<ReasonKind, DecisionTraits>>;
export type DecisionKind = keyof typeof DECISIONS;

/** The decisions by which a session is due. */
export type DueKind = {
  [K in DecisionKind]: (typeof DECISIONS)[K] extends typeof DUE ? K : never;
}[DecisionKind];

export function decisionOf(kind: DecisionKind, rule: string, evidence: Evidence = {}): Decision {
  return { action: DECISIONS[kind].action, kind, reason: REASONS[kind], rule, evidence };
}

/** Whether a session was kept for want of a usable timestamp or state; such sessions are counted as unknown. */
export function isUnknown({ kind }: Decision): boolean {
  return DECISIONS[kind].unknown;
}
