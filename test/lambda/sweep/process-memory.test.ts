import { describe, expect, it } from 'vitest';
import { ProcessMemory } from '../../../lambda/sweep/process-memory.js';
import { NOW, settings } from '../../support/sessions.js';

describe('what a process remembers', () => {
  it('is which sessions were ending, up to 10,000, the oldest forgotten first', () => {
    const memory = new ProcessMemory();
    expect([memory.endedBefore('first'), memory.endedBefore('first')]).toEqual([false, true]);
    for (let n = 1; n < 10_000; n += 1) memory.endedBefore(`session ${n}`);
    expect(memory.endedBefore('first')).toBe(true);
    memory.endedBefore('one more');
    expect([memory.endedBefore('session 1'), memory.endedBefore('first')]).toEqual([true, false]);
  });

  it('is what it said on the same day, in UTC', () => {
    const memory = new ProcessMemory();
    const tomorrow = new Date(NOW.getTime() + 86_400_000);
    const said = [NOW, NOW, tomorrow].map((now) => memory.saidToday('a', now));
    expect(said).toEqual([false, true, false]);
  });

  it('is what was listed in a place, until the settings are others', () => {
    const memory = new ProcessMemory();
    const first = memory.listingsOf('1/eu-west-1', settings());
    expect(memory.listingsOf('1/eu-west-1', settings())).toBe(first);
    expect(memory.listingsOf('2/eu-west-1', settings())).not.toBe(first);
    expect(memory.listingsOf('1/eu-west-1', settings({ idleMinutes: 31 }))).not.toBe(first);
    expect(memory.listingsOf('1/eu-west-1', settings())).not.toBe(first);
  });

  it('is where a last-modified time was seen to move', () => {
    const memory = new ProcessMemory();
    memory.seenMovingIn('1/eu-west-1');
    const places = ['1/eu-west-1', '2/eu-west-1'].map((place) => memory.isSeenMovingIn(place));
    expect(places).toEqual([true, false]);
  });

  it('is where a last-modified time was contradicted', () => {
    const memory = new ProcessMemory();
    memory.contradictedIn('1/eu-west-1');
    const places = ['1/eu-west-1', '2/eu-west-1'].map((place) => memory.isContradictedIn(place));
    expect(places).toEqual([true, false]);
  });
});
