import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAYS } from '../../../lambda/contract/settings.js';
import { hoursHold, localTime } from '../../../lambda/policy/hours.js';

const night = { from: '20:00', to: '06:00', timezone: 'UTC' } as const;
const weekend = { days: ['sat', 'sun'], timezone: 'UTC' } as const;

describe('the hours of a rule', () => {
  it.each([
    // 2026-03-02 is a Monday.
    { hours: night, now: '2026-03-02T19:59:59Z', holds: false },
    { hours: night, now: '2026-03-02T20:00:00Z', holds: true },
    { hours: night, now: '2026-03-03T05:59:59Z', holds: true },
    { hours: night, now: '2026-03-03T06:00:00Z', holds: false },
    { hours: { ...night, days: ['mon'] as const }, now: '2026-03-03T05:00:00Z', holds: true },
    { hours: { ...night, days: ['mon'] as const }, now: '2026-03-02T05:00:00Z', holds: false },
    { hours: { ...night, days: ['sun'] as const }, now: '2026-03-02T05:00:00Z', holds: true },
    { hours: { from: '09:00', to: '17:30', timezone: 'UTC' }, now: '2026-03-02T17:29:00Z', holds: true },
    { hours: { from: '09:00', to: '17:30', timezone: 'UTC' }, now: '2026-03-02T17:30:00Z', holds: false },
    { hours: { from: '20:00', to: '00:00', timezone: 'UTC' }, now: '2026-03-02T23:59:00Z', holds: true },
    { hours: { from: '20:00', to: '00:00', timezone: 'UTC' }, now: '2026-03-03T00:00:00Z', holds: false },
    { hours: weekend, now: '2026-03-07T00:00:00Z', holds: true },
    { hours: weekend, now: '2026-03-08T23:59:59Z', holds: true },
    { hours: weekend, now: '2026-03-09T00:00:00Z', holds: false },
  ])('$hours hold at $now: $holds', ({ hours, now, holds }) => {
    expect(hoursHold(hours, new Date(now))).toBe(holds);
  });

  it('go by the clock of their time zone, also where it is put forward', () => {
    const berlin = { ...night, timezone: 'Europe/Berlin' };
    expect(hoursHold(berlin, new Date('2026-03-02T19:00:00Z'))).toBe(true);
    expect(hoursHold(berlin, new Date('2026-03-02T18:59:00Z'))).toBe(false);
    // From the last Sunday of March on it is an hour earlier.
    expect(hoursHold(berlin, new Date('2026-03-30T18:00:00Z'))).toBe(true);
    expect(localTime(new Date('2026-03-02T23:30:00Z'), 'Asia/Kolkata')).toEqual({
      day: 'tue',
      time: '05:00',
    });
  });

  it('of all days, and of the same hours the other way round, are the whole week', () => {
    const time = fc.integer({ min: 0, max: 1_439 }).map((minutes) => {
      const two = (n: number) => `${n}`.padStart(2, '0');
      return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
    });
    const instant = fc.date({
      min: new Date('2026-01-01'),
      max: new Date('2027-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(
        time,
        time,
        instant,
        fc.constantFrom('UTC', 'America/St_Johns'),
        (from, to, now, timezone) => {
          fc.pre(from !== to);
          const one = hoursHold({ from, to, timezone }, now);
          expect(hoursHold({ from: to, to: from, timezone, days: DAYS }, now)).toBe(!one);
        },
      ),
    );
  });
});
