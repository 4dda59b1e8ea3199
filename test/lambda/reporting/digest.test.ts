import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../lambda/contract/outcomes.js';
import type { Counts, SessionRecord } from '../../../lambda/contract/report.js';
import { countsBy } from '../../../lambda/reporting/counts.js';
import { digestOf, type Undigested } from '../../../lambda/reporting/digest.js';

function reportWith(given: Partial<Counts>, members: Partial<Undigested> = {}): Undigested {
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

function recordOf(outcome: Outcome, members: Partial<SessionRecord> = {}): SessionRecord {
  return {
    ...{ sessionId: 'f2b4c6d8', workGroup: 'etl', region: 'eu-west-1', state: 'IDLE', minutes: 45.2 },
    ...({ clock: 'idle-since', limitMinutes: 30, rule: 'default', reason: 'idle past its limit' } as const),
    ...({ kind: 'idle-past-limit', outcome } as const),
    ...members,
  };
}

describe('a digest', () => {
  it('says what happened in sentences, then names the sessions', () => {
    const sessions = [
      recordOf('terminated', { dpuHoursSaved: 7.25 }),
      recordOf('warned', { reason: 'due soon' }),
    ];
    const saved = { dpuHours: 7.25, cost: 2.5375, sessionsNotCounted: 0 };
    expect(digestOf(reportWith({ terminated: 1, warned: 1, failed: 2 }, { sessions, saved }))).toEqual([
      'The sweep of 2026-03-02T10:00:01.000Z ended 1 session; 2 could not be looked at or ended; 1 due soon.',
      'That saves at least 7.25 DPU-hours, 2.5375 US dollars, by estimate.',
      'Ended: etl in eu-west-1, 45.2 minutes, limit 30, 7.25 DPU-hours, session f2b4c6d8, idle past its limit',
      'Due soon: etl in eu-west-1, 45.2 minutes, limit 30, session f2b4c6d8, due soon',
    ]);
  });

  it('of a sweep that ends nothing says what would have been ended', () => {
    const saved = { dpuHours: 2, cost: 0.7, sessionsNotCounted: 0 };
    expect(digestOf(reportWith({ wouldTerminate: 3 }, { mode: 'report', saved }))).toEqual([
      'The sweep of 2026-03-02T10:00:01.000Z would have ended 3 sessions, and ended none.',
      'That would save at least 2 DPU-hours, 0.7 US dollars, by estimate.',
    ]);
  });

  it('says that something was left out, with an example where there is one', () => {
    const notListed = [{ region: 'eu-west-1', workGroup: 'etl', error: 'Rate exceeded' }];
    expect(digestOf(reportWith({ notListed: 2 }, { complete: false, notListed }))).toContain(
      'It was not complete: 2 places were not listed. For one, workgroup etl in eu-west-1: Rate exceeded',
    );
    expect(digestOf(reportWith({ deferred: 1 }, { complete: false }))).toContain('It was not complete.');
  });

  it('of an organization says how many targets were swept, and which accounts the globs do not reach', () => {
    const organization = {
      ...{ targets: 50, targetsNotSwept: 3, targetsNotBegun: 2 },
      ...{ accountsReached: 20, accountsNotReached: 4 },
    };
    expect(digestOf(reportWith({}, { organization }))).toContain(
      'It swept 47 of 50 targets (accounts times regions); for 2 there was no time. ' +
        '4 accounts have no workgroup that the globs select.',
    );
  });

  it('says how many sessions it does not name', () => {
    const sessions = Array.from({ length: 40 }, () => recordOf('terminated'));
    const lines = digestOf(reportWith({ terminated: 45 }, { sessions, sessionsOmitted: 5 }));
    expect(lines).toHaveLength(12);
    expect(lines.at(-1)).toBe('35 more sessions are in the log.');
  });

  it('is fit for a template that escapes nothing, whatever stands in a report', () => {
    const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.constant('"\\\u2028\u202e\n'));
    const record = fc
      .tuple(anyText, anyText, fc.constantFrom('terminated', 'failed', 'warned', 'spared'))
      .map(([workGroup, error, outcome]) => recordOf(outcome, { workGroup, error }));
    const report = fc
      .tuple(fc.array(record, { maxLength: 30 }), anyText)
      .map(([sessions, error]) =>
        reportWith(
          { notListed: 1, terminated: 1 },
          { sessions, complete: false, notListed: [{ region: 'eu-west-1', error }] },
        ),
      );
    fc.assert(
      fc.property(report, (drawn) => {
        const lines = digestOf(drawn);
        expect(lines.length).toBeLessThanOrEqual(12);
        for (const line of lines) {
          expect([...line].length).toBeLessThanOrEqual(200);
          expect(JSON.stringify(line)).toBe(`"${line}"`);
          expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        }
      }),
      { numRuns: 40 },
    );
  });
});
