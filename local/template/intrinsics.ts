/**
 * Gives the values of a synthesized template: what CloudFormation would make of `Ref`, `Fn::GetAtt`, `Fn::Join`,
 * `Fn::If` and `Fn::Sub`. For whoever looks at a template without deploying it.
 */

/** A value for a logical id or a pseudo parameter, or for an attribute of it, e.g. `("Queue", "Arn")`. */
export type Values = (id: string, attribute?: string) => string;

/** Names everything by its logical id, in account 111122223333 and the region eu-west-1. */
export const EXAMPLE_VALUES: Values = (id, attribute) => {
  const name = PSEUDO_PARAMETERS.get(id) ?? id;
  return attribute === undefined ? name : `${name}.${attribute}`;
};

const PSEUDO_PARAMETERS: ReadonlyMap<string, string> = new Map([
  ['AWS::Partition', 'aws'],
  ['AWS::Region', 'eu-west-1'],
  ['AWS::AccountId', '111122223333'],
  ['AWS::URLSuffix', 'amazonaws.com'],
]);

/** A copy of a part of a template without intrinsic functions. */
export function withValues(part: unknown, values: Values = EXAMPLE_VALUES): unknown {
  if (Array.isArray(part)) return part.map((item) => withValues(item, values));
  if (typeof part !== 'object' || part === null) return part;
  const entries = Object.entries(part);
  const [first, ...others] = entries;
  if (first !== undefined && others.length === 0) {
    const value = intrinsic(first[0], first[1], values);
    if (value !== undefined) return value;
  }
  return Object.fromEntries(entries.map(([key, value]) => [key, withValues(value, values)]));
}

function intrinsic(name: string, argument: unknown, values: Values): string | undefined {
  switch (name) {
    case 'Ref':
      return values(String(argument));
    case 'Fn::GetAtt': {
      const [id, attribute] = Array.isArray(argument) ? argument : String(argument).split('.');
      return values(String(id), String(attribute));
    }
    case 'Fn::Join': {
      const [separator, parts] = Array.isArray(argument) ? argument : [];
      const given = withValues(parts, values);
      return Array.isArray(given) ? given.join(String(separator)) : undefined;
    }
    case 'Fn::If':
      // Every condition of the stack asks for another partition than the example's.
      return Array.isArray(argument) ? String(withValues(argument[2], values)) : undefined;
    case 'Fn::Sub':
      return String(argument).replaceAll(/\$\{([^}.]+)(?:\.([^}]+))?\}/g, (_, id, attribute) =>
        values(id, attribute),
      );
    default:
      return undefined;
  }
}
