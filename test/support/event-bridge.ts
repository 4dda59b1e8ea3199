/** EventBridge, as far as the reaper's rules and the patterns in docs/events.md use it. */

/** What Lambda puts on the bus for a successful asynchronous invocation. */
export function invocationResult(responsePayload: unknown, functionArn: string): object {
  return {
    version: '0',
    id: '6f6b1d1c-0000-4000-8000-000000000001',
    'detail-type': 'Lambda Function Invocation Result - Success',
    source: 'lambda',
    account: '111122223333',
    time: '2026-03-02T10:00:04Z',
    region: 'eu-west-1',
    resources: ['arn:aws:events:eu-west-1:111122223333:event-bus/default', `${functionArn}:$LATEST`],
    detail: {
      version: '1.0',
      timestamp: '2026-03-02T10:00:04.000Z',
      requestContext: {
        requestId: '6f6b1d1c-0000-4000-8000-000000000002',
        functionArn: `${functionArn}:$LATEST`,
        condition: 'Success',
        approximateInvokeCount: 1,
      },
      requestPayload: {},
      responseContext: { statusCode: 200, executedVersion: '$LATEST' },
      responsePayload,
    },
  };
}

/** Whether an event matches a pattern of exact values, `prefix`, `numeric`, `exists` and `$or`. */
export function matchesPattern(pattern: unknown, event: unknown): boolean {
  if (Array.isArray(pattern)) return pattern.some((matcher) => matchesValue(matcher, event));
  // A list of objects matches where one of them does.
  if (Array.isArray(event)) return event.some((item) => matchesPattern(pattern, item));
  return Object.entries(Object(pattern)).every(([key, below]) =>
    key === '$or'
      ? Array.isArray(below) && below.some((option) => matchesPattern(option, event))
      : matchesPattern(below, member(event, key)),
  );
}

function matchesValue(matcher: unknown, value: unknown): boolean {
  if (Array.isArray(value)) return value.some((item) => matchesValue(matcher, item));
  if (typeof matcher !== 'object' || matcher === null) return matcher === value;
  const [[kind, operand] = []] = Object.entries(matcher);
  switch (kind) {
    case 'prefix':
      return typeof value === 'string' && value.startsWith(String(operand));
    case 'numeric':
      return typeof value === 'number' && isInRange(operand, value);
    case 'exists':
      return (value !== undefined) === operand;
    default:
      throw new TypeError(`Not evaluated: ${kind}`);
  }
}

function isInRange(condition: unknown, value: number): boolean {
  if (!Array.isArray(condition) || condition.length !== 2 || condition[0] !== '>') {
    throw new TypeError(`Not evaluated: ${JSON.stringify(condition)}`);
  }
  return value > Number(condition[1]);
}

/**
 * What an input transformer makes of an event for a target that takes text: each line as it stands, in its quotes.
 * By EventBridge's guide only variables that refer to text belong into quotes, nothing in them is escaped, and a
 * variable whose path is not in the event does not appear.
 * @throws TypeError where a variable refers to anything but text.
 */
export function transformed(
  {
    InputPathsMap,
    InputTemplate,
  }: { InputPathsMap: Readonly<Record<string, string>>; InputTemplate: string },
  event: unknown,
): string {
  return InputTemplate.replaceAll(/<([\w-]+)>/g, (whole, name: string) => {
    const path = InputPathsMap[name];
    if (path === undefined) return whole;
    const value = path
      .replaceAll(/\[(\d+)\]/g, '.$1')
      .split('.')
      .slice(1)
      .reduce(member, event);
    if (value === undefined) return '';
    if (typeof value !== 'string') throw new TypeError(`${path} is no text: ${JSON.stringify(value)}`);
    return value;
  });
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
