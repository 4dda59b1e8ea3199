import { describe, expect, test } from 'vitest';
import { OVERDUE, PROBLEMS, savedByClient, savedQueries, totals } from '../../../lib/dashboard/queries.js';
import type { SavedQuery } from '../../../lib/dashboard/query-language.js';
import { organizationQueries } from '../../../lib/organization/queries.js';
import { runLogQuery } from '../../../local/simulation/cloudwatch/log-query.js';

const QUERIES = [
  ...savedQueries({ mode: 'terminate', dpuHourPrice: 0.35 }),
  ...savedQueries({ mode: 'report', dpuHourPrice: 0.35 }),
  ...organizationQueries(),
];

/** Words of the query languages of CloudWatch Logs Insights: commands, operators and functions. */
const WORDS = new Set(
  [
    'fields display filter filterindex stats sort limit dedup parse pattern diff anomaly unmask unnest lookup source',
    'join inner left on where select from group order having union all distinct except case when then else end',
    'as by in and or not like asc desc between is null true false into with',
    'count count_distinct sum avg min max pct stddev earliest latest sortsfirst sortslast bin datefloor dateceil',
    'abs ceil floor greatest least log sqrt ispresent isempty isblank coalesce concat strlen trim substr replace',
  ].flatMap((line) => line.split(' ')),
);

test.each(QUERIES.map(({ name, lines }) => [name, lines.join(' | ')]))(
  'the names that "%s" gives its columns are no words of the query language',
  (_, query) => {
    const names = [...query.matchAll(/\bas (\w+)/g)].map(([, name = '']) => name);

    expect(names.filter((name) => WORDS.has(name.toLowerCase()))).toEqual([]);
  },
);

describe('found in the log', () => {
  const session = { message: 'session', region: 'eu-west-1', workGroup: 'etl' };
  const ended = { ...session, outcome: 'terminated', client: 'notebook' };
  const lines = [
    { ...ended, '@timestamp': 1, sessionId: 'a', dpuHoursSaved: 2 },
    // Another process of the function, which does not know that this one was ended before.
    { ...ended, '@timestamp': 2, sessionId: 'a', dpuHoursSaved: 1.5 },
    { ...ended, '@timestamp': 3, sessionId: 'b', client: undefined, dpuHoursSaved: 4 },
    { ...ended, '@timestamp': 4, sessionId: 'c' },
    { ...session, '@timestamp': 5, outcome: 'failed', sessionId: 'd', overdueMinutes: 20, error: 'denied' },
    { ...session, '@timestamp': 6, outcome: 'failed', sessionId: 'd', overdueMinutes: 25, error: 'denied' },
    { ...session, '@timestamp': 7, outcome: 'failed', sessionId: 'e', error: 'denied' },
  ];
  const asked = { mode: 'terminate', dpuHourPrice: 0.5 } as const;
  const found = ({ lines: commands }: SavedQuery) => runLogQuery(commands.join(' | '), lines).rows;

  test('the totals count a session once, however often it is said to be ended', () => {
    expect(found(totals(asked))).toEqual([{ sessions: 3, dollars: 3, dpuHours: 6 }]);
  });

  test('what was saved is shared out among the clients', () => {
    expect(found(savedByClient(asked))).toEqual([
      { startedBy: 'not known', sessions: 1, dollars: 2 },
      { startedBy: 'notebook', sessions: 2, dollars: 1 },
    ]);
  });

  test('an overdue session is named once, with what came of it last', () => {
    expect(found(OVERDUE)).toMatchObject([
      { sessionId: 'd', minutesOverdue: 25, lastOutcome: 'failed', lastError: 'denied' },
    ]);
  });

  test('the same error is one row that says how often it came, and to how many sessions', () => {
    expect(found(PROBLEMS)).toMatchObject([{ error: 'denied', times: 3, sessions: 2 }]);
  });
});

test('a query that aggregates twice sorts and limits only afterwards, and aggregates no third time', () => {
  // The guide of CloudWatch Logs, "Use multiple stats commands in a single query".
  for (const { name, lines } of QUERIES) {
    const verbs = lines.map((line) => line.split(' ')[0]);
    const last = verbs.lastIndexOf('stats');
    expect(verbs.filter((verb) => verb === 'stats').length, name).toBeLessThanOrEqual(2);
    expect(verbs.slice(0, Math.max(0, last)), name).not.toContain('sort');
    expect(verbs.slice(0, Math.max(0, last)), name).not.toContain('limit');
  }
});
