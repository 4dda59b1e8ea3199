import fc from 'fast-check';
import pc from 'picocolors';
import { expect, test } from 'vitest';
import { type Totals, totalsTable } from '../../../../local/cli/tables/totals-table.js';

const count = fc.integer({ min: 0, max: 10_000 });
const dollars = fc.double({ min: 0, max: 100_000, noNaN: true });
const totals = fc.record<Totals>({
  name: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 160 }),
  sessions: count,
  due: count,
  ended: count,
  failed: count,
  longestIdleMinutes: fc.integer({ min: 0, max: 50_000 }),
  dollarsBilled: dollars,
  dollarsToBill: dollars,
  dollarsSaved: dollars,
});

test('from 100 columns on a group is one line that fits, however long its name is', () => {
  fc.assert(
    fc.property(
      fc.array(totals, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 100, max: 240 }),
      fc.boolean(),
      (all, columns, isAfterEnding) => {
        const style = { columns, colours: pc.createColors(false), isAfterEnding };
        const [, ...lines] = totalsTable('OWNER', all, style).split('\n');
        expect(lines).toHaveLength(all.length);
        expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(columns);
      },
    ),
  );
});
