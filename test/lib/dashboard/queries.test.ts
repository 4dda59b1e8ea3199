import { expect, test } from 'vitest';
import { savedQueries } from '../../../lib/dashboard/queries.js';
import { organizationQueries } from '../../../lib/organization/queries.js';

const QUERIES = [...savedQueries('terminate'), ...savedQueries('report'), ...organizationQueries()];

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
