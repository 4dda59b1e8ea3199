/** What the sessions of a scan cost, in lines below its summary. */
import { counted } from '../../../lambda/reporting/counted.js';
import { inColumns } from './summary.js';

interface Costs {
  readonly dollarsBilled?: number;
  readonly dollarsToBill?: number;
  readonly dollarsSaved?: number;
  readonly dpus?: number;
}

/** What was billed so far, what is known to come, and who holds DPUs now; nothing where there is nothing to say. */
export function costLines(rows: readonly Costs[]): readonly string[] {
  const billed = amounts(rows, 'dollarsBilled');
  const toBill = amounts(rows, 'dollarsToBill');
  const dpus = amounts(rows, 'dpus');
  return [
    ...(billed.count > 0 ? [['Billed so far', `at least $${billed.sum.toFixed(2)}`]] : []),
    // The summary has what the end of those that are due saves.
    ...(toBill.count > amounts(rows, 'dollarsSaved').count
      ? [
          [
            'Still to bill',
            `at least $${toBill.sum.toFixed(2)}, by the own idle timeouts of ${counted(toBill.count, 'session')}`,
          ],
        ]
      : []),
    ...(dpus.count > 0 ? [['DPUs held now', `${dpus.sum}, by ${counted(dpus.count, 'session')}`]] : []),
  ].map(([label = '', text = '']) => inColumns(label, text));
}

function amounts(rows: readonly Costs[], key: keyof Costs) {
  const known = rows.flatMap((row) => row[key] ?? []);
  return { count: known.length, sum: known.reduce((sum, amount) => sum + amount, 0) };
}
