import { describe, expect, it } from 'vitest';
import { loggedSweep } from '../../../lambda/organization/logged-sweep.js';
import { recordOf } from '../../support/reports.js';

const own = { level: 'INFO', timestamp: '2026-03-02T10:00:01.000Z', service: 'organization' };
const session = (members: object = {}) => ({
  ...own,
  ...{ message: 'session', account: '222222222222' },
  ...recordOf('terminated'),
  ...members,
});
const target = (region: string, members: object = {}) => ({
  ...own,
  ...{ message: 'target swept', account: '222222222222', region, mode: 'terminate' },
  ...{ counts: { workgroups: 1, listed: 3, terminated: 2 }, returnedStates: { TERMINATING: 2 } },
  ...{ saved: { dpuHours: 1.5, cost: 0.525, sessionsNotCounted: 0 }, calls: 9, throttledCalls: 0 },
  ...members,
});

describe('what the log shows of a sweep', () => {
  it('are its sessions, with their accounts and without what the log adds to a line', () => {
    expect(loggedSweep([session()]).records).toEqual([
      { accountId: '222222222222', ...recordOf('terminated') },
    ]);
  });

  it.each([
    ...(['idle-since', 'last-modified', 'started'] as const).map((clock) => ({ clock })),
    ...(['tag', 'workgroup-tag', 'role', 'cloudtrail'] as const).map((ownerFrom) => ({
      owner: 'ada',
      ownerFrom,
    })),
    { startedAt: '2026-03-02T09:00:00.000Z', returnedState: 'TERMINATING', client: 'notebook', error: 'why' },
    { lowerBound: true, again: true, overdueMinutes: 40, dpuHoursSaved: 1.5 } as const,
  ])('are its sessions with all that a record can have: %j', (members) => {
    expect(loggedSweep([session(members)]).records).toEqual([
      { accountId: '222222222222', ...recordOf('terminated', members) },
    ]);
  });

  it('is the mode of its targets', () => {
    expect(loggedSweep([target('eu-west-1', { mode: 'report' })]).mode).toBe('report');
  });

  it('is each session once, as it was seen last', () => {
    const lines = [session({ outcome: 'failed' }), session(), session({ sessionId: 'other' })];
    expect(loggedSweep(lines).records).toMatchObject([
      { sessionId: 'f2b4c6d8', outcome: 'terminated' },
      { sessionId: 'other' },
    ]);
  });

  it('are the figures of its targets, added up, each target once', () => {
    const failed = {
      counts: { notListed: 1 },
      returnedStates: {},
      saved: { dpuHours: 0, sessionsNotCounted: 0 },
    };
    const again = target('eu-west-1', { counts: { workgroups: 1, listed: 1 } });
    const { figures, mode } = loggedSweep([
      target('eu-west-1'),
      target('us-east-1'),
      again,
      target('eu-north-1', failed),
    ]);
    expect(figures).toEqual({
      ...{ swept: 2, notSwept: 1, workgroups: 2, listed: 6, terminated: 4, notListed: 1 },
      ...{ calls: 27, dpuHours: 3, 'returned:TERMINATING': 4 },
    });
    expect(mode).toBe('terminate');
  });

  it('is nothing where lines are something else, or broken', () => {
    const broken = [
      session({ minutes: 'many' }),
      session({ kind: 'toString' }),
      target('eu-west-1', { mode: 1 }),
    ];
    const { account: _, ...ofOneAccount } = session();
    expect(loggedSweep([undefined, 7, 'session', {}, ofOneAccount, ...broken])).toEqual({
      records: [],
      figures: {},
    });
  });
});
