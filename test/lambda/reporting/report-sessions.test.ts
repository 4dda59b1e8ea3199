import { describe, expect, it } from 'vitest';
import type { SessionRecord } from '../../../lambda/contract/report.js';
import { foremost, isNamed, withSessions } from '../../../lambda/reporting/report-sessions.js';
import { contextFor, recordOf, reportWith } from '../../support/reports.js';

const never = () => false;
const { exemptions, guide } = contextFor([]);
const texts = { ...(exemptions && { exemptions }), guide, chat: false };

function completed(
  records: readonly SessionRecord[],
  recorded: number,
  isNews: (one: SessionRecord) => boolean,
) {
  const { sessions: _, sessionsOmitted: __, ...rest } = reportWith({ news: recorded });
  return withSessions(rest, { records, recorded, isNews, texts });
}

describe('the sessions of a report', () => {
  it('come by what was done, then by how long past their own limits they are', () => {
    const records = [
      recordOf('terminated', { sessionId: 'long-limit', minutes: 100, limitMinutes: 90 }),
      recordOf('failed', { sessionId: 'failed', minutes: 900 }),
      recordOf('terminated', { sessionId: 'short-limit', minutes: 50, limitMinutes: 10 }),
    ];
    expect(foremost(records).map(({ sessionId }) => sessionId)).toEqual([
      'short-limit',
      'long-limit',
      'failed',
    ]);
  });

  it('are named by the digest where they are news, or would be ended', () => {
    expect(isNamed(recordOf('failed'), never)).toBe(false);
    expect(isNamed(recordOf('would-terminate'), never)).toBe(true);
    expect(isNamed(recordOf('failed'), () => true)).toBe(true);
    const records = [recordOf('failed', { sessionId: 'old' }), recordOf('failed', { sessionId: 'new' })];
    const { digest, sessions } = completed(records, 2, ({ sessionId }) => sessionId === 'new');
    expect(sessions).toHaveLength(2);
    expect(digest.join()).toContain('session new of');
    expect(digest.join()).not.toContain('session old of');
  });

  it('that are not in the list are counted, by the report and by the digest', () => {
    const { sessionsOmitted, digest } = completed([recordOf('terminated')], 9, () => true);
    expect(sessionsOmitted).toBe(8);
    expect(digest.at(-2)).toBe('8 more sessions are in the log.');
  });

  it('that would be ended are counted by the digest too', () => {
    const { sessions: _, sessionsOmitted: __, ...rest } = reportWith({ news: 1, wouldTerminate: 4 });
    const options = { records: [recordOf('would-terminate')], recorded: 5, isNews: never, texts };
    expect(withSessions(rest, options).digest.at(-2)).toBe('4 more sessions are in the log.');
  });

  it('are as many as fit into an event', () => {
    const records = Array.from({ length: 200 }, () => recordOf('failed', { error: 'x'.repeat(3_000) }));
    const report = completed(records, 200, never);
    expect(Buffer.byteLength(JSON.stringify(report))).toBeLessThan(240_000);
    expect(report.sessions.length).toBeGreaterThan(70);
    expect(report.sessionsOmitted).toBe(200 - report.sessions.length);
  });
});
