import { describe, expect, it } from 'vitest';
import { decisionOf } from '../../../lambda/policy/decision.js';
import { recordOf } from '../../../lambda/reporting/session-record.js';
import { idleSession } from '../../support/sessions.js';

const session = idleSession({ minutes: 45, description: 'dbt: 1 - abc' });
const evidence = { clock: 'idle-since', minutes: 45.06, limitMinutes: 30 } as const;
const decision = decisionOf('idle-past-limit', 'default', evidence);
const due = { session, decision, outcome: 'terminated', kind: 'idle-past-limit' } as const;

describe('the record of a session', () => {
  it('says why it fared so: a phrase for people, a kind for programs', () => {
    expect(recordOf(due)).toStrictEqual({
      ...{ sessionId: session.sessionId, workGroup: 'analytics', region: 'eu-west-1', state: 'IDLE' },
      startedAt: '2026-03-02T00:00:00.000Z',
      ...{ minutes: 45.1, clock: 'idle-since', limitMinutes: 30, rule: 'default' },
      ...{
        reason: 'idle past its limit',
        kind: 'idle-past-limit',
        outcome: 'terminated',
        client: 'dbt-athena',
      },
    });
  });

  it('names the state where that is why', () => {
    const busy = { ...session, state: 'BUSY' };
    expect(recordOf({ ...due, session: busy, outcome: 'spared', kind: 'in-use-at-last-look' })).toMatchObject(
      {
        ...{ state: 'BUSY', reason: 'BUSY at the last look', kind: 'in-use-at-last-look' },
      },
    );
    expect(recordOf({ ...due, session: { ...session, state: undefined } }).state).toBe('unknown');
  });

  it('says where a time is the least that it can be, and how long it has been overdue', () => {
    const bounded = decisionOf('idle-past-limit', 'default', { ...evidence, lowerBound: true });
    const record = recordOf({ ...due, decision: bounded, overdueMinutes: 12.34, dpuHoursSaved: 0.5 });
    expect(record).toMatchObject({ lowerBound: true, overdueMinutes: 12.3, dpuHoursSaved: 0.5 });
  });

  it('has no clock where no time could be counted', () => {
    const uncounted = recordOf({ ...due, decision: decisionOf('no-limit', 'default') });
    expect(uncounted).toMatchObject({ minutes: 0, limitMinutes: 0 });
    expect(uncounted).not.toHaveProperty('clock');
  });

  it('prefers the client that tags showed', () => {
    expect(recordOf({ ...due, client: 'SageMaker Unified Studio' }).client).toBe('SageMaker Unified Studio');
  });

  it.each([undefined, new Date(Number.NaN)])('leaves a start out that is %s', (startedAt) => {
    expect(recordOf({ ...due, session: { ...session, startedAt } })).not.toHaveProperty('startedAt');
  });

  it('names the owner, and what says so; a long name is cut', () => {
    const owner = { name: 'x'.repeat(256), from: 'workgroup-tag' } as const;
    const record = recordOf({ ...due, owner });
    expect(record.ownerFrom).toBe('workgroup-tag');
    expect(record.owner).toHaveLength(100);
  });

  it('cuts a long error in the middle, for its end says why', () => {
    const { error } = recordOf({ ...due, outcome: 'failed', error: `who ${'x'.repeat(400)} why` });
    expect(error).toMatch(/^who x+ … x+ why$/);
    expect(error).toHaveLength(300);
  });

  it('has plain text where others wrote it', () => {
    const odd = 'a\u001b[31m\nb\u202ec';
    const record = recordOf({
      ...{ ...due, session: { ...session, state: odd }, kind: 'in-use-at-last-look' },
      ...{ decision: { ...decision, rule: odd }, returnedState: odd, client: odd, error: odd },
      owner: { name: odd, from: 'tag' },
    });
    const { state, rule, reason, returnedState, client, owner, error } = record;
    for (const text of [state, rule, reason, returnedState, client, owner, error]) {
      expect(text).toMatch(/^a \[31m b c/);
    }
  });

  it('claims nothing as saved for a session that was ending before', () => {
    expect(recordOf({ ...due, dpuHoursSaved: 2, again: true })).toMatchObject({ again: true });
    expect(recordOf({ ...due, dpuHoursSaved: 2, again: true })).not.toHaveProperty('dpuHoursSaved');
    expect(recordOf({ ...due, dpuHoursSaved: 2, again: false })).not.toHaveProperty('again');
  });
});
