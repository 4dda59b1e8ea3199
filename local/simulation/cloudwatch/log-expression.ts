/** Values of the expressions in Logs Insights queries. */
import { type Expression, NotUnderstood, nameOf } from './expression.js';

export type Scalar = string | number | boolean | null | undefined;

/** Fields by name; what a line does not have is undefined. */
export type Row = Readonly<Record<string, Scalar>>;

/** The value of an expression for one line. */
export function evaluate(expression: Expression, row: Row): Scalar {
  switch (expression.type) {
    case 'Literal':
      return expression.value;
    case 'Identifier':
    case 'MemberExpression':
      return row[nameOf(expression) ?? ''];
    case 'UnaryExpression':
      if (expression.operator !== 'not') throw new NotUnderstood(`Operator ${expression.operator}`);
      return evaluate(expression.argument, row) !== true;
    case 'BinaryExpression':
      return operation(expression.operator, expression.left, expression.right, row);
    case 'CallExpression':
      return call(nameOf(expression.callee), expression.arguments, row);
    default:
      throw new NotUnderstood(`${expression.type} in a log query`);
  }
}

/** The value of an aggregate, such as `sum(calls)`, over the lines of a group. */
export function aggregate(expression: Expression, group: readonly Row[]): Scalar {
  const [name, argument] =
    expression.type === 'CallExpression' ? [nameOf(expression.callee), expression.arguments[0]] : [];
  if (name === 'count' && argument === undefined) return group.length;
  const present = group.flatMap((row) => (argument && evaluate(argument, row)) ?? []);
  const numbers = present.map(Number);
  if (numbers.length === 0 && OF_SOMETHING.has(name)) return undefined;
  switch (name) {
    case 'count':
      return present.length;
    case 'count_distinct':
      return new Set(present).size;
    case 'sum':
      return numbers.reduce((sum, value) => sum + value, 0);
    case 'max':
      return Math.max(...numbers);
    case 'min':
      return Math.min(...numbers);
    case 'latest':
      return latest(
        group.filter((row) => argument && evaluate(argument, row) !== undefined),
        argument,
      );
    case 'avg':
      return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
    default:
      throw new NotUnderstood(`Aggregate ${name}`);
  }
}

/** Aggregates that have no value where there is none to aggregate. */
const OF_SOMETHING: ReadonlySet<string | undefined> = new Set(['max', 'min', 'avg', 'latest']);

/** The value of the newest line that has one. */
function latest(rows: readonly Row[], argument: Expression | undefined): Scalar {
  const newest = rows.reduce<Row | undefined>(
    (best, row) => (best && Number(best['@timestamp']) > Number(row['@timestamp']) ? best : row),
    undefined,
  );
  return argument && newest && evaluate(argument, newest);
}

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};

function operation(operator: string, left: Expression, right: Expression, row: Row): Scalar {
  const value = evaluate(left, row);
  if (operator === 'in') {
    if (right.type !== 'ArrayExpression') throw new NotUnderstood('"in" without a list');
    return right.elements.some((element) => evaluate(element, row) === value);
  }
  const other = evaluate(right, row);
  const compute = ARITHMETIC[operator];
  if (compute)
    return value === undefined || other === undefined ? undefined : compute(Number(value), Number(other));
  switch (operator) {
    case '=':
      return value === other;
    case '!=':
      return value !== other;
    case 'and':
      return value === true && other === true;
    case 'or':
      return value === true || other === true;
    case '>':
      return Number(value) > Number(other);
    case '<':
      return Number(value) < Number(other);
    default:
      throw new NotUnderstood(`Operator ${operator}`);
  }
}

const SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

function call(name: string | undefined, parts: readonly Expression[], row: Row): Scalar {
  const values = parts.map((part) => evaluate(part, row));
  switch (name) {
    case 'ispresent':
      return values[0] !== undefined && values[0] !== null;
    case 'coalesce':
      return values.find((value) => value !== undefined && value !== null);
    case 'bin':
      return bin(String(values[0]), Number(row['@timestamp']));
    default:
      throw new NotUnderstood(`Function ${name}`);
  }
}

/** The beginning of the period, e.g. of `1h`, that a time is in. */
function bin(period: string, timestamp: number): number {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(period) ?? [];
  if (unit !== 's' && unit !== 'm' && unit !== 'h' && unit !== 'd') throw new NotUnderstood(`bin(${period})`);
  const ms = Number(count) * SECONDS[unit] * 1_000;
  return timestamp - (timestamp % ms);
}
