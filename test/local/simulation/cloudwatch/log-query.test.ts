import { describe, expect, it } from 'vitest';
import { runLogQuery } from '../../../../local/simulation/cloudwatch/log-query.js';

describe('a log query', () => {
  const lines = [
    { '@timestamp': 0, message: 'session', outcome: 'terminated', id: 'a', client: 'notebook', dpu: 1.5 },
    { '@timestamp': 1, message: 'session', outcome: 'terminated', id: 'b', dpu: 2 },
    { '@timestamp': 2, message: 'session', outcome: 'failed', id: 'b', error: 'denied' },
    { '@timestamp': 3_600_000, message: 'sweep', calls: 7, 'counts.due': 1 },
  ];

  it('filters, groups, sorts and limits', () => {
    const query = `SOURCE 'log' | filter message = "session"
      | filter outcome in ["terminated", "accepted"]
      | stats count_distinct(id) as sessions, sum(dpu) as saved by coalesce(client, "not known") as startedBy
      | sort saved desc | limit 1`;
    expect(runLogQuery(query, lines)).toEqual({
      columns: ['startedBy', 'sessions', 'saved'],
      rows: [{ startedBy: 'not known', sessions: 1, saved: 2 }],
    });
  });

  it('knows fields that an earlier command made', () => {
    const query = 'filter ispresent(dpu) | fields coalesce(client, "?") as by | stats count(*) as n by by';
    expect(runLogQuery(query, lines).rows).toEqual([
      { by: 'notebook', n: 1 },
      { by: '?', n: 1 },
    ]);
  });

  it('aggregates what it has aggregated, and computes with what there is', () => {
    const query = `stats max(dpu) as most, latest(outcome) as last by id
      | stats count(*) as ids, sum(most * 2) as twice by last | sort twice desc`;
    expect(runLogQuery(query, lines.slice(0, 3)).rows).toEqual([
      { last: 'failed', ids: 1, twice: 4 },
      { last: 'terminated', ids: 1, twice: 3 },
    ]);
    expect(runLogQuery('fields dpu * 2 as twice', lines.slice(2, 3)).rows[0]?.twice).toBeUndefined();
  });

  it('has no largest and no latest value where there is none', () => {
    expect(
      runLogQuery('stats max(dpu) as most, latest(error) as last by id', lines.slice(0, 1)).rows,
    ).toEqual([{ id: 'a', most: 1.5, last: undefined }]);
  });

  it('counts by periods, and names columns that have no name of their own', () => {
    const { columns, rows } = runLogQuery('stats count(*) by bin(1h)', lines);
    expect(columns).toEqual(['bin(1h)', 'count()']);
    expect(rows).toEqual([
      { 'bin(1h)': 0, 'count()': 3 },
      { 'bin(1h)': 3_600_000, 'count()': 1 },
    ]);
  });

  it('reads conditions with "and", "or", "not" and nested fields', () => {
    const found = (condition: string) =>
      runLogQuery(`filter ${condition}`, lines).rows.map((row) => row['@timestamp']);
    expect(found('id = "b" and not ispresent(error)')).toEqual([1]);
    expect(found('ispresent(error) or counts.due > 0')).toEqual([2, 3_600_000]);
  });

  it('is refused where it is not understood', () => {
    expect(() => runLogQuery('parse message "*" as x', lines)).toThrow(/not understood/);
    expect(() => runLogQuery('stats stddev(dpu)', lines)).toThrow(/not understood/);
  });
});
