import { expect, test } from 'vitest';
import { CallsAtOnce } from '../../../lambda/athena/calls-at-once.js';

/** As many accepted calls, each answered after so many milliseconds. @returns how many calls may then be under way. */
function after(calls: CallsAtOnce, count: number, ms: number): number {
  for (let n = 0; n < count; n += 1) calls.noteAccepted(ms);
  return calls.most;
}

test('three calls may be under way at first, and for as long as the burst of Athena may last', () => {
  const calls = new CallsAtOnce();
  expect(calls.most).toBe(3);
  expect(after(calls, 24, 100)).toBe(3);
});

test('then more with each call, up to 128', () => {
  const calls = new CallsAtOnce();
  expect(after(calls, 24 + 10, 100)).toBeCloseTo(3 + 10 * 0.7);
  expect(after(calls, 1_000, 100)).toBe(128);
});

test('calls that take up to twice as long as the first ones are as good as those', () => {
  const calls = new CallsAtOnce();
  after(calls, 24, 100);
  expect(after(calls, 10, 200)).toBeCloseTo(3 + 10 * 0.7);
});

test('what the first calls took is their average', () => {
  const calls = new CallsAtOnce();
  after(calls, 12, 50);
  after(calls, 12, 150);
  expect(after(calls, 200, 200)).toBe(128);
  expect(after(calls, 200, 210)).toBeLessThan(128);
});

test('fewer calls may be under way where they take longer, by half as many for each turn', () => {
  const calls = new CallsAtOnce();
  const wide = after(calls, 24 + 100, 100);
  expect(wide).toBeCloseTo(73);
  // The average of the last calls, of about 16, passes 200 ms at the second of 1,000 ms.
  expect(after(calls, 1, 1_000)).toBeCloseTo(wide + 0.7);
  expect(after(calls, 1, 1_000)).toBeCloseTo(wide + 0.7 - 0.35);
  expect(after(calls, 1, 1_000)).toBeCloseTo(wide + 0.7 - 2 * 0.35);
});

test('at least three are, however long they take', () => {
  const calls = new CallsAtOnce();
  after(calls, 24, 100);
  expect(after(calls, 1_000, 10_000)).toBe(3);
});

test('a number that is near to what the calls bear changes by a twentieth of a call, and no less', () => {
  const calls = new CallsAtOnce();
  after(calls, 24 + 100, 100);
  const turns = (count: number) => {
    for (let n = 0; n < count; n += 1) {
      after(calls, 60, 1_000);
      after(calls, 60, 50);
    }
  };
  turns(10);
  const before = calls.most;
  expect(after(calls, 1, 50) - before).toBeCloseTo(0.05);
});
