import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MAX_NOT_LISTED_REPORTED,
  MAX_SESSIONS_REPORTED,
  type SessionRecord,
} from '../../lambda/contract/report.js';
import { DEFAULT_SETTINGS } from '../../lambda/contract/settings.js';
import { Tally } from '../../lambda/reporting/tally.js';
import { textOptions } from '../../lambda/reporting/texts.js';
import { runs } from '../support/property-share.js';

const TEXTS = { ...textOptions(DEFAULT_SETTINGS), chat: true };

/** Text of any characters, those that JSON writes in six bytes among them, up to a length that Athena allows. */
const text = (maxLength: number) =>
  fc
    .tuple(fc.constantFrom('a', 'é', '€', '"', '\u0001'), fc.integer({ min: 1, max: maxLength }))
    .map(([character, length]) => character.repeat(length));

const records = fc.record({
  sessionId: text(256),
  workGroup: text(128),
  rule: text(420),
  error: text(300),
  minutes: fc.integer({ min: 30, max: 10_000 }),
});

function tallied(
  due: number,
  members: Pick<SessionRecord, 'sessionId' | 'workGroup' | 'rule' | 'error' | 'minutes'>,
) {
  const region = 'eu-west-1';
  const tally = new Tally([region], Math.random);
  for (let n = 0; n < due; n += 1) {
    tally.listed(region, 'due');
    tally.record({
      ...{
        ...members,
        region,
        state: 'IDLE',
        limitMinutes: 30,
        reason: 'idle past its limit',
        kind: 'idle-past-limit',
        outcome: 'failed',
      },
      minutes: members.minutes + n,
    });
    if (n < MAX_NOT_LISTED_REPORTED) {
      tally.notListed({ region, workGroup: members.workGroup, error: members.error ?? '' });
    }
  }
  const sweep = { mode: 'terminate', startedAt: new Date(), durationMs: 1_000, dpuHourPrice: 0.35 } as const;
  return tally.result({ ...sweep, calls: { calls: 0, throttled: 0 }, texts: TEXTS }).report;
}

describe('a report', () => {
  it('fits into an event however long its texts are, and says how many sessions it leaves out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), records, (due, members) => {
        const report = tallied(due, members);
        expect(Buffer.byteLength(JSON.stringify(report))).toBeLessThanOrEqual(240_000);
        expect(report.sessions.length + report.sessionsOmitted).toBe(due);
      }),
      { numRuns: runs(100) },
    );
  });

  it('that leaves sessions out keeps the oldest, and no fewer than fit', () => {
    const texts = {
      sessionId: 'a'.repeat(256),
      workGroup: 'w',
      rule: '€'.repeat(420),
      error: '\u0001'.repeat(300),
    };
    const { sessions } = tallied(300, { ...texts, minutes: 60 });
    expect(sessions[0]?.minutes).toBe(359);
    expect(sessions.length).toBeLessThan(MAX_SESSIONS_REPORTED);
    expect(Buffer.byteLength(JSON.stringify(sessions)) / sessions.length).toBeGreaterThan(3_000);
    expect(Buffer.byteLength(JSON.stringify(sessions))).toBeGreaterThan(100_000);
  });
});
