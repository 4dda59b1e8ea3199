import { expect, it } from 'vitest';
import { isSearch, searchMetrics } from '../../../../local/simulation/cloudwatch/metric-search.js';
import { MetricStore } from '../../../../local/simulation/cloudwatch/metric-store.js';

const HOUR = { from: 0, to: 3_600_000 };

function storeOfSessions(): MetricStore {
  const store = new MetricStore();
  const add = (name: string, dimensions: Record<string, string>, value: number) =>
    store.add({ namespace: 'N', name, dimensions }, 0, [value]);
  add('Held', { Session: 'a', Group: 'g' }, 1);
  add('Held', { Group: 'g', Session: 'b' }, 2);
  add('Held', { Group: 'g' }, 3);
  add('Other', { Session: 'a', Group: 'g' }, 4);
  return store;
}

it('a search finds each metric of a name that has the dimensions it names and no others', () => {
  const found = searchMetrics(
    `SEARCH('{N,Session,Group} MetricName="Held"', 'Maximum', 300)`,
    storeOfSessions(),
    HOUR,
  );

  expect(found.map(({ points }) => points)).toEqual([[{ at: 0, value: 1 }], [{ at: 0, value: 2 }]]);
});

it('a search of another form is refused rather than answered wrong', () => {
  const search = `SEARCH('{N,Session} Held OR Other', 'Sum', 300)`;

  expect(isSearch(search)).toBe(true);
  expect(() => searchMetrics(search, storeOfSessions(), HOUR)).toThrow(/not understood/);
});
