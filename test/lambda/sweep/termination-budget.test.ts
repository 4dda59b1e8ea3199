import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TerminationBudget } from '../../../lambda/sweep/termination-budget.js';

describe('the cap on terminations', () => {
  it('is never exceeded, and is used up whenever enough sessions want it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.record({ used: fc.boolean(), ticks: fc.integer({ min: 0, max: 5 }) }), { maxLength: 30 }),
        async (cap, sessions) => {
          const budget = new TerminationBudget(cap);
          let used = 0;
          await Promise.all(
            sessions.map(async (session) => {
              const slot = await budget.take();
              if (!slot) return;
              for (let tick = 0; tick < session.ticks; tick += 1) await Promise.resolve();
              if (session.used) used += 1;
              slot.settle(session.used);
            }),
          );
          expect(used).toBe(Math.min(cap, sessions.filter((session) => session.used).length));
        },
      ),
    );
  });
});
