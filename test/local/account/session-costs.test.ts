import { describe, expect, test } from 'vitest';
import { decideListed } from '../../../lambda/policy/decide.js';
import { limitsFor } from '../../../lambda/policy/limits.js';
import type { SessionDetail } from '../../../lambda/policy/session.js';
import { costsOf } from '../../../local/account/session-costs.js';
import { sweepSettings } from '../../support/sessions.js';

const NOW = new Date('2026-03-02T10:00:00Z');
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

function costs(changes: Partial<SessionDetail>, isLookedAt = true) {
  const session: SessionDetail = {
    sessionId: 's',
    workGroup: 'etl',
    region: 'eu-west-1',
    state: 'IDLE',
    startedAt: minutesAgo(120),
    idleSince: minutesAgo(30),
    ...changes,
  };
  const decision = decideListed(session, limitsFor(session, sweepSettings(), NOW), NOW);
  return costsOf({ session, decision, ...(isLookedAt && { detail: session }) }, NOW);
}

describe('what a session has billed', () => {
  test('is one coordinator since its start where nobody looked', () => {
    expect(costs({}, false)).toEqual({ billed: { dpuHours: 2, from: 'age' } });
  });

  test('is what its statistics say', () => {
    expect(costs({ dpuMillis: 9 * 3_600_000 }).billed).toEqual({ dpuHours: 9, from: 'statistics' });
  });

  test('is no less than its coordinator, because statistics may leave idle time out', () => {
    expect(costs({ dpuMillis: 1_000, coordinatorDpus: 2 }).billed).toEqual({ dpuHours: 4, from: 'age' });
  });

  test.each([
    ['missing', undefined],
    ['in the future', minutesAgo(-60)],
    ['no time', new Date(Number.NaN)],
    ['from before the service', new Date(0)],
  ])('is not known where its start is %s', (_what, startedAt) => {
    expect(costs({ startedAt }, false)).toEqual({});
  });

  test('stands still once it has ended', () => {
    expect(costs({ state: 'TERMINATED', dpuMillis: 3_600_000 }).billed).toEqual({
      dpuHours: 1,
      from: 'statistics',
    });
    expect(costs({ state: 'TERMINATED' }, false)).toEqual({});
  });
});

describe('what a session will still bill', () => {
  test('is its coordinator to the end of its own idle timeout', () => {
    expect(costs({ idleTimeoutSeconds: 5_400, coordinatorDpus: 2 }).dpuHoursToBill).toBe(2);
  });

  test.each([
    ['has no timeout', {}],
    ['is busy', { state: 'BUSY', idleTimeoutSeconds: 5_400 }],
    ['does not say since when it is idle', { idleSince: undefined, idleTimeoutSeconds: 5_400 }],
  ])('is not known where it %s', (_what, changes) => {
    expect(costs(changes).dpuHoursToBill).toBeUndefined();
  });
});
