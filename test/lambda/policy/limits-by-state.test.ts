import { describe, expect, it } from 'vitest';
import {
  INACTIVE_STATES,
  isInactive,
  LIMITS_BY_STATE,
  statesWithLimit,
} from '../../../lambda/policy/limits-by-state.js';
import { SESSION_STATES } from '../../../lambda/policy/session.js';
import { session, settings } from '../../support/sessions.js';

describe('the states to list', () => {
  it.each([
    { stuck: {}, states: ['IDLE'] },
    { stuck: { degradedMinutes: 5, busyMinutes: 9 }, states: ['IDLE', 'DEGRADED', 'BUSY'] },
    { stuck: { creatingMinutes: 5, createdMinutes: 9 }, states: ['IDLE', 'CREATING', 'CREATED'] },
    { stuck: { maxAgeMinutes: 900 }, states: ['IDLE', 'DEGRADED', 'CREATING', 'CREATED', 'BUSY'] },
  ])('are $states with $stuck', ({ stuck, states }) => {
    expect(statesWithLimit(settings({ stuck }))).toEqual(states);
  });
});

describe('a state', () => {
  it('has limits, or its sessions have ended or are about to', () => {
    expect(Object.keys(LIMITS_BY_STATE).toSorted()).toEqual([...SESSION_STATES].toSorted());
    expect(INACTIVE_STATES).toEqual(['TERMINATING', 'TERMINATED', 'FAILED']);
    expect(isInactive(session({ state: 'FAILED' }))).toBe(true);
    expect(isInactive(session({ state: 'BUSY' }))).toBe(false);
    expect(isInactive(session({ state: undefined }))).toBe(false);
  });
});
