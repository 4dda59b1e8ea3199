import jsep from 'jsep';
import * as v from 'valibot';

/** An expression of metric math, of a Logs Insights query or of an alarm rule. */
export type Expression =
  | { readonly type: 'Literal'; readonly value: string | number | boolean | null }
  | { readonly type: 'Identifier'; readonly name: string }
  | { readonly type: 'MemberExpression'; readonly object: Expression; readonly property: Expression }
  | { readonly type: 'ArrayExpression'; readonly elements: readonly Expression[] }
  | { readonly type: 'UnaryExpression'; readonly operator: string; readonly argument: Expression }
  | {
      readonly type: 'BinaryExpression';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly type: 'CallExpression';
      readonly callee: Expression;
      readonly arguments: readonly Expression[];
    };

const expression: v.GenericSchema<unknown, Expression> = v.lazy(() =>
  v.variant('type', [
    v.object({
      type: v.literal('Literal'),
      value: v.union([v.string(), v.number(), v.boolean(), v.null()]),
    }),
    v.object({ type: v.literal('Identifier'), name: v.string() }),
    v.object({
      type: v.literal('MemberExpression'),
      computed: v.literal(false),
      object: expression,
      property: expression,
    }),
    v.object({ type: v.literal('ArrayExpression'), elements: v.array(expression) }),
    v.object({ type: v.literal('UnaryExpression'), operator: v.string(), argument: expression }),
    v.object({
      type: v.literal('BinaryExpression'),
      operator: v.string(),
      left: expression,
      right: expression,
    }),
    v.object({ type: v.literal('CallExpression'), callee: expression, arguments: v.array(expression) }),
  ]),
);

// What CloudWatch's languages have beyond JavaScript's expressions; the numbers are precedences.
jsep.addBinaryOp('as', 0.5);
for (const or of ['or', 'OR']) jsep.addBinaryOp(or, 1);
for (const and of ['and', 'AND']) jsep.addBinaryOp(and, 2);
jsep.addBinaryOp('=', 6);
jsep.addBinaryOp('in', 7);
for (const not of ['not', 'NOT']) jsep.addUnaryOp(not);
jsep.addIdentifierChar('@');

/** @throws Error saying what it does not understand, and where. */
export function parseExpression(text: string): Expression {
  return v.parse(expression, jsep(text));
}

/** Parses expressions between commas. */
export function parseList(text: string): readonly Expression[] {
  const call = parseExpression(`list(${text})`);
  return call.type === 'CallExpression' ? call.arguments : [];
}

/** A name, with dots where it has any; undefined for anything else. */
export function nameOf(expression: Expression): string | undefined {
  if (expression.type === 'Identifier') return expression.name;
  if (expression.type !== 'MemberExpression') return undefined;
  return `${nameOf(expression.object)}.${nameOf(expression.property)}`;
}

/** For what an interpreter does not know: better an error than a wrong figure. */
export class NotUnderstood extends Error {
  override readonly name = 'NotUnderstood';
  constructor(what: string) {
    super(`${what} is not understood here; local/simulation/cloudwatch has to learn it`);
  }
}
