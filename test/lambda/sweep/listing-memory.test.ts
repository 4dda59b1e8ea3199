import { describe, expect, it } from 'vitest';
import { ListingMemory } from '../../../lambda/sweep/listing-memory.js';

const MINUTE = 60_000;
const named = (...names: readonly string[]) => names.map((name) => ({ name }));
const listing = { begunAt: 0, quietUntil: 29 * MINUTE, sessions: 2, idleMinutes: [3] };

describe('the memory of listings', () => {
  it('holds until something can be due, and not for a clock that was set back', () => {
    const memory = new ListingMemory();
    memory.listed('etl', listing);
    const known = [-1, 0, 29 * MINUTE - 1, 29 * MINUTE].map((now) => memory.quiet('etl', now));
    expect(known).toEqual([undefined, listing, listing, undefined]);
  });

  it('ends where the workgroup is gone, or refuses to be listed', () => {
    const memory = new ListingMemory();
    for (const name of ['gone', 'refuses', 'stays']) memory.listed(name, listing);
    memory.refused('refuses', 1);
    memory.keepOnly(['refuses', 'stays']);
    const known = ['gone', 'refuses', 'stays'].map((name) => memory.quiet(name, 1) !== undefined);
    expect(known).toEqual([false, false, true]);
  });

  it('gives their turn first to those never tried, then to those that have waited longest', () => {
    const memory = new ListingMemory();
    const due = { ...listing, quietUntil: Number.NEGATIVE_INFINITY };
    memory.listed('second', { ...due, begunAt: 2 });
    memory.refused('first', 1);
    const inTurn = memory.inTurn(named('second', 'never b', 'first', 'never a'), 10, 5);
    expect(inTurn).toEqual(named('never b', 'never a', 'first', 'second'));
  });

  it('lists some ahead of time where many would come due together, those needed soonest first', () => {
    const memory = new ListingMemory();
    const names = Array.from({ length: 12 }, (_, n) => `w${n}`);
    for (const [n, name] of names.entries())
      memory.listed(name, { ...listing, quietUntil: listing.quietUntil - n });
    expect(memory.inTurn(named(...names), 0, 5)).toEqual(named('w11'));
    expect(memory.inTurn(named(...names), 20 * MINUTE, 5)).toHaveLength(4);
  });
});
