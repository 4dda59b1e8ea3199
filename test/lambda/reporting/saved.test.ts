import { describe, expect, it } from 'vitest';
import { dpuHoursLeft } from '../../../lambda/reporting/saved.js';
import { idleSession, NOW } from '../../support/sessions.js';

const left = (members: Parameters<typeof dpuHoursLeft>[0] | object = {}, evidence = {}) =>
  dpuHoursLeft({ ...idleSession({ minutes: 60 }), idleTimeoutSeconds: 7_200, ...members }, evidence, NOW);

describe('what a session would still have billed', () => {
  it('is the rest of its idle timeout, in hours, times the DPUs of its coordinator, or one', () => {
    expect(left()).toBe(1);
    expect(left({ coordinatorDpus: 4 })).toBe(4);
    expect(left({ idleTimeoutSeconds: 3_600 })).toBe(0);
    expect(left({ idleTimeoutSeconds: 60 })).toBe(0);
  });

  it('is not known for a session that is not idle, has no timeout, or no time at which it became idle', () => {
    expect(left({ state: 'DEGRADED' })).toBeUndefined();
    expect(left({ idleTimeoutSeconds: undefined })).toBeUndefined();
    expect(left({ idleSince: undefined })).toBeUndefined();
    expect(left({}, { lowerBound: true })).toBeUndefined();
  });
});
