import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  contradictsLastModified,
  showsLastModifiedMoving,
  timeSince,
} from '../../../lambda/policy/instants.js';
import { runs } from '../../support/property-share.js';
import { minutesAgo, NOW } from '../../support/sessions.js';

describe('time since an instant', () => {
  it.each([
    { what: 'is counted in minutes', since: minutesAgo(45), startedAt: minutesAgo(90), minutes: 45 },
    { what: 'needs no start', since: minutesAgo(45), startedAt: undefined, minutes: 45 },
    { what: 'begins with the start', since: minutesAgo(91), startedAt: minutesAgo(90), minutes: 90 },
    {
      what: 'is counted from the first day of the service',
      ...{ since: new Date('2022-11-01T00:00:00Z'), startedAt: undefined },
      minutes: (NOW.getTime() - Date.UTC(2022, 10, 1)) / 60_000,
    },
    { what: 'is none for a clock ahead', since: minutesAgo(-1), startedAt: minutesAgo(-1), minutes: 0 },
  ])('$what', ({ since, startedAt, minutes }) => {
    expect(timeSince(since, startedAt, NOW)).toMatchObject({ minutes });
  });

  it.each([
    { since: undefined, kind: 'timestamp-missing' },
    { since: new Date(Number.NaN), kind: 'timestamp-malformed' },
    { since: new Date(0), kind: 'timestamp-malformed' },
    { since: new Date(-1), kind: 'timestamp-malformed' },
    { since: new Date('2022-10-31T23:59:59.999Z'), kind: 'timestamp-before-service' },
    { since: new Date(minutesAgo(90).getTime() - 60_001), kind: 'timestamp-before-start' },
    { since: new Date(NOW.getTime() + 60_001), kind: 'timestamp-in-future' },
  ])('cannot be counted from $since: $kind', ({ since, kind }) => {
    expect(timeSince(since, minutesAgo(90), NOW)).toBe(kind);
  });

  it('is doubtful where the start cannot be true', () => {
    const starts = [new Date(Number.NaN), new Date(0), new Date('2022-01-01T00:00:00Z'), minutesAgo(-2)];
    for (const start of starts) expect(typeof timeSince(minutesAgo(45), start, NOW)).toBe('string');
  });

  it('is never negative, and never more than since the service began', () => {
    const instant = fc.option(fc.date({ noInvalidDate: false }), { nil: undefined });
    const longest = (NOW.getTime() - Date.UTC(2022, 10, 1)) / 60_000;
    fc.assert(
      fc.property(instant, instant, (since, startedAt) => {
        const elapsed = timeSince(since, startedAt, NOW);
        if (typeof elapsed === 'string') return;
        expect(elapsed.minutes).toBeGreaterThanOrEqual(0);
        expect(elapsed.minutes).toBeLessThanOrEqual(longest);
      }),
      { numRuns: runs(2_000) },
    );
  });
});

describe('the time of the last change', () => {
  it.each([
    { idleSince: minutesAgo(30), lastModifiedAt: minutesAgo(31.1), contradicts: true },
    { idleSince: minutesAgo(30), lastModifiedAt: minutesAgo(31), contradicts: false },
    { idleSince: minutesAgo(30), lastModifiedAt: minutesAgo(3), contradicts: false },
    { idleSince: undefined, lastModifiedAt: minutesAgo(31), contradicts: false },
    { idleSince: minutesAgo(30), lastModifiedAt: undefined, contradicts: false },
  ])('contradicts the idle-since time where it lies more than a minute before: $contradicts', (row) => {
    expect(contradictsLastModified(row)).toBe(row.contradicts);
  });

  it.each([
    { what: 'lies more than a minute after the start', moves: true },
    { what: 'lies a minute before the idle-since time', lastModifiedAt: minutesAgo(31), moves: true },
    { what: 'contradicts the idle-since time', lastModifiedAt: minutesAgo(31.1), moves: false },
    { what: 'lies a minute after the start', startedAt: minutesAgo(31), moves: false },
    { what: 'lies before the start', startedAt: minutesAgo(20), moves: false },
    { what: 'has no start beside it', startedAt: undefined, moves: false },
    { what: 'has no idle-since time beside it', idleSince: undefined, moves: false },
    { what: 'is not known', lastModifiedAt: undefined, moves: false },
  ])(
    'shows by itself that it moves with the state where it $what: $moves',
    ({ what: _, moves, ...members }) => {
      const shown = { startedAt: minutesAgo(90), idleSince: minutesAgo(30), lastModifiedAt: minutesAgo(30) };
      expect(showsLastModifiedMoving({ ...shown, ...members })).toBe(moves);
    },
  );
});
