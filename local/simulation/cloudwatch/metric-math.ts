import { type Expression, NotUnderstood, parseExpression } from './expression.js';
import type { Point } from './metric-store.js';

/** A series, or one value for every time. */
type Value = readonly Point[] | number;

/**
 * Computes a metric math expression at each time at which every series that it names has a value.
 * @param seriesOf gives the series with an id.
 * @throws NotUnderstood for what no widget or alarm of the stack uses.
 */
export function computeMetric(text: string, seriesOf: (id: string) => readonly Point[]): readonly Point[] {
  const value = computed(parseExpression(text), seriesOf);
  if (typeof value === 'number') throw new NotUnderstood(`${text}, without a metric in it,`);
  return value;
}

const OPERATORS: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};

function computed(expression: Expression, seriesOf: (id: string) => readonly Point[]): Value {
  switch (expression.type) {
    case 'Literal':
      return Number(expression.value);
    case 'Identifier':
      return seriesOf(expression.name);
    case 'BinaryExpression': {
      const { operator, left, right } = expression;
      const compute = OPERATORS[operator];
      if (!compute) throw new NotUnderstood(`operator ${operator}`);
      return combined(computed(left, seriesOf), computed(right, seriesOf), compute);
    }
    default:
      throw new NotUnderstood(`${expression.type} in metric math`);
  }
}

function combined(left: Value, right: Value, compute: (a: number, b: number) => number): Value {
  if (typeof left === 'number') {
    if (typeof right === 'number') return compute(left, right);
    return right.map(({ at, value }) => ({ at, value: compute(left, value) }));
  }
  if (typeof right === 'number') return left.map(({ at, value }) => ({ at, value: compute(value, right) }));
  const others = new Map(right.map(({ at, value }) => [at, value]));
  return left.flatMap(({ at, value }) => {
    const other = others.get(at);
    return other === undefined ? [] : [{ at, value: compute(value, other) }];
  });
}
