/** Why a session fared as it did: a kind for programs to compare, and a phrase for people to read. */

/** Phrases are constant but for `{state}`, the session's state as last seen, so that log lines group by them. */
export const REASONS = {
  'idle-past-limit': 'idle past its limit',
  'degraded-past-limit': 'degraded past its limit',
  'creating-past-limit': 'creating past its limit',
  'created-past-limit': 'created but never used past its limit',
  'busy-past-limit': 'busy past its limit',
  'past-max-age': 'older than the maximum age',
  'due-soon': 'due soon',
  'within-limit': 'within its limit',
  'exempt-by-rule': 'exempt by rule',
  'exempt-by-tag': 'exempt by tag',
  'no-limit': 'in a state without a limit',
  inactive: 'inactive already',
  'state-not-known': 'state not known',
  'timestamp-missing': 'timestamp missing',
  'timestamp-malformed': 'timestamp malformed',
  'timestamp-before-service': 'timestamp from before Athena had sessions',
  'timestamp-before-start': 'timestamp from before the session started',
  'timestamp-in-future': 'timestamp in the future',
  'no-idle-since': 'idle since a time that Athena does not show',
  'tags-unreadable': 'tags of the session cannot be read',
  /** What follows is seen at the last look, or keeps a session from it. */
  'inactive-at-last-look': 'already {state}',
  'in-use-at-last-look': '{state} at the last look',
  gone: 'listed, and not known to Athena when asked for',
  'cap-reached': 'cap reached',
  'out-of-time': 'out of time',
  'listing-broken-off': 'workgroup not listed to its last page',
} as const;
export type ReasonKind = keyof typeof REASONS;

/** The phrase of a reason for a session in that state. */
export function phraseOf(kind: ReasonKind, state: string | undefined): string {
  return REASONS[kind].replace('{state}', state ?? 'unknown');
}
