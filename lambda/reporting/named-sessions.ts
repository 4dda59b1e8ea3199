/** The sessions that a digest names: which, by whom they are owned, and what is said of each. */
import type { Outcome } from '../contract/outcomes.js';
import { shortened } from '../contract/plain-text.js';
import type { SessionRecord } from '../contract/report.js';

/** The sessions of one owner. */
export interface OwnedSessions {
  /** Missing where nothing says whose they are. */
  readonly owner: string | undefined;
  readonly sessions: readonly SessionRecord[];
}

/**
 * The first of the sessions, those of an owner together.
 * @param room lines that there are: one for each owner, and one for each session.
 */
export function byOwner(records: readonly SessionRecord[], room: number): readonly OwnedSessions[] {
  const owned = new Map<string | undefined, SessionRecord[]>();
  let left = room;
  for (const record of records) {
    const known = owned.get(record.owner);
    left -= known ? 1 : 2;
    if (left < 0) break;
    if (known) known.push(record);
    else owned.set(record.owner, [record]);
  }
  return [...owned].map(([owner, sessions]) => ({ owner, sessions }));
}

export function countOf(owned: readonly OwnedSessions[]): number {
  return owned.reduce((sum, { sessions }) => sum + sessions.length, 0);
}

export function ownerLine({ owner }: OwnedSessions): string {
  return `Owner: ${owner ?? 'not known'}`;
}

const OUTCOMES = {
  terminated: 'Ended',
  accepted: 'End accepted',
  'would-terminate': 'Would be ended',
  failed: 'Failed',
  deferred: 'Left to the next sweep',
  'already-inactive': 'Already inactive',
  warned: 'Due soon',
  spared: 'Spared',
} as const satisfies Record<Outcome, string>;

/** The longest that is said of a session; what is cut then is the middle of an error. */
const MAX_FACTS_LENGTH = 280;

/** What came of a session, where, when and why, on one line. */
export function factsOf(record: SessionRecord): string {
  const { outcome, workGroup, region, minutes, limitMinutes, rule, reason, sessionId, error } = record;
  const place = record.accountId === undefined ? region : `${region} of account ${record.accountId}`;
  const facts = [
    `${OUTCOMES[outcome]}: session ${sessionId} of workgroup ${workGroup} in ${place}`,
    `${minutes} minutes with a limit of ${limitMinutes} (${rule})`,
    ...savedBy(record),
    error === undefined ? reason : `${reason}: ${error}`,
  ];
  return shortened(facts.join(', '), MAX_FACTS_LENGTH);
}

function savedBy({ outcome, dpuHoursSaved }: SessionRecord): readonly string[] {
  if (dpuHoursSaved === undefined) return [];
  return [`${dpuHoursSaved.toFixed(2)} DPU-hours ${outcome === 'would-terminate' ? 'to be saved' : 'saved'}`];
}

/** Whether an exemption spares the session, or would have spared it; missing where none is to the point. */
export const SPARED_BY: Readonly<Partial<Record<Outcome, string>>> = {
  terminated: 'This would have spared it',
  accepted: 'This would have spared it',
  'would-terminate': 'This spares it',
  failed: 'This spares it',
  warned: 'This spares it',
};
