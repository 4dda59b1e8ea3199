import jsonata from 'jsonata';

/** What Step Functions makes of an expression, by the reference implementation of JSONata. */
export function evaluate(expression: string, variables: object): Promise<unknown> {
  return jsonata(expression.replace(/^\{% | %\}$/g, '')).evaluate(undefined, { ...variables });
}
