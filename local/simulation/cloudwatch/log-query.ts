/** Interprets Logs Insights queries, as far as the dashboard's go. */
import { type Expression, NotUnderstood, nameOf, parseExpression, parseList } from './expression.js';
import { aggregate, evaluate, type Row, type Scalar } from './log-expression.js';

export interface LogTable {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/**
 * Runs a query over log lines.
 * @param query commands between `|`; a `SOURCE` is not looked at.
 * @param lines fields by name, nested ones with dots, and `@timestamp` in epoch milliseconds.
 * @throws NotUnderstood for a command, function or operator that no query of the stack uses.
 */
export function runLogQuery(query: string, lines: readonly Row[]): LogTable {
  return query
    .split('|')
    .map((command) => command.trim())
    .filter((command) => !command.startsWith('SOURCE '))
    .reduce(perform, { columns: [], rows: lines });
}

function perform(table: LogTable, command: string): LogTable {
  const [, verb = '', argument = ''] = /^(\w+)\s+(.*)$/s.exec(command) ?? [];
  switch (verb) {
    case 'fields':
      return withFields(table, columnsOf(argument));
    case 'display':
      return { ...table, columns: columnsOf(argument).map(({ name }) => name) };
    case 'filter': {
      const condition = parseExpression(argument);
      return { ...table, rows: table.rows.filter((row) => evaluate(condition, row) === true) };
    }
    case 'stats':
      return grouped(table.rows, argument);
    case 'sort':
      return { ...table, rows: sorted(table.rows, argument) };
    case 'limit':
      return { ...table, rows: table.rows.slice(0, Number(argument)) };
    default:
      throw new NotUnderstood(`Command ${verb} in a log query`);
  }
}

interface Column {
  readonly name: string;
  readonly expression: Expression;
}

function columnsOf(list: string): readonly Column[] {
  // `count(*)` is no expression to a parser of expressions, and neither is `1h`.
  const readable = list.replaceAll('(*)', '()').replaceAll(/\bbin\((\w+)\)/g, 'bin("$1")');
  return parseList(readable).map((item) =>
    item.type === 'BinaryExpression' && item.operator === 'as'
      ? { name: nameOf(item.right) ?? '', expression: item.left }
      : { name: textOf(item), expression: item },
  );
}

/** What a column without a name of its own is called. */
function textOf(expression: Expression): string {
  if (expression.type === 'Literal') return String(expression.value);
  if (expression.type !== 'CallExpression') return nameOf(expression) ?? '';
  return `${nameOf(expression.callee)}(${expression.arguments.map(textOf).join(', ')})`;
}

/** Shown beside those of earlier `fields` commands; one with a name of its own is known to later commands. */
function withFields({ columns, rows }: LogTable, added: readonly Column[]): LogTable {
  return {
    columns: [...columns, ...added.map(({ name }) => name)],
    rows: rows.map((row) => ({
      ...row,
      ...Object.fromEntries(added.map(({ name, expression }) => [name, evaluate(expression, row)])),
    })),
  };
}

function grouped(rows: readonly Row[], argument: string): LogTable {
  const [aggregates = '', keys] = argument.split(/\s+by\s+/);
  const by = keys === undefined ? [] : columnsOf(keys);
  const values = columnsOf(aggregates);
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify(by.map(({ expression }) => evaluate(expression, row) ?? null));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return {
    columns: [...by, ...values].map(({ name }) => name),
    rows: [...groups.values()].map((group) => ({
      ...Object.fromEntries(by.map(({ name, expression }) => [name, evaluate(expression, group[0] ?? {})])),
      ...Object.fromEntries(values.map(({ name, expression }) => [name, aggregate(expression, group)])),
    })),
  };
}

function sorted(rows: readonly Row[], argument: string): readonly Row[] {
  const [, field = '', order = 'asc'] = /^(\S+)(?:\s+(asc|desc))?$/.exec(argument) ?? [];
  const direction = order === 'desc' ? -1 : 1;
  return rows.toSorted((a, b) => direction * compared(a[field], b[field]));
}

function compared(a: Scalar, b: Scalar): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a ?? '').localeCompare(String(b ?? ''));
}
