/** The words of the Logs Insights language that the queries use; any other bare word in them names a field. */
const KEYWORDS = new Set([
  ...['fields', 'filter', 'stats', 'sort', 'limit', 'SOURCE'],
  ...[
    'by',
    'as',
    'in',
    'and',
    'desc',
    'ispresent',
    'coalesce',
    'count',
    'count_distinct',
    'sum',
    'max',
    'latest',
    'bin',
  ],
]);

/** Fields that CloudWatch Logs adds to each line by itself. */
const GENERATED = ['@timestamp'];

/** The fields that a query reads: not its keywords, text, numbers or the names it makes up. */
export function fieldsOf(query: string): readonly string[] {
  const withoutText = query.replaceAll(/"[^"]*"|'[^']*'/g, '');
  const madeUp = [...withoutText.matchAll(/\bas (\w+)/g)].map(([, name]) => name);
  const words = withoutText.match(/(?<!\w)[@a-zA-Z_][\w.]*/g) ?? [];
  return [...new Set(words)].filter(
    (word) => !KEYWORDS.has(word) && !GENERATED.includes(word) && !madeUp.includes(word),
  );
}
