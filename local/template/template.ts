/** What is looked at of a CloudFormation template. */
export interface Template {
  readonly Parameters?: Readonly<Record<string, Parameter>>;
  /** The CDK has the bootstrap's version checked by one. */
  readonly Rules?: unknown;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, Resource>>;
}

export interface Parameter {
  readonly Type: 'Number' | 'String';
  readonly Description: string;
  readonly Default?: number | string;
  readonly MinValue?: number;
  readonly MaxValue?: number;
  readonly AllowedPattern?: string;
  readonly ConstraintDescription?: string;
}

export interface Resource {
  readonly Type: string;
  readonly Condition?: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/**
 * The only resource of its type that a template has with such properties.
 * @throws TypeError where it has none, or several.
 */
export function theOnly(
  template: Template,
  type: string,
  isMeant: (properties: Resource['Properties']) => boolean = () => true,
): { readonly id: string; readonly resource: Resource } {
  const found = Object.entries(template.Resources).filter(
    ([, { Type, Properties }]) => Type === type && isMeant(Properties),
  );
  const [first, ...others] = found;
  if (first === undefined || others.length > 0) {
    throw new TypeError(`The template has ${found.length} resources of the type ${type}; allowed: one`);
  }
  return { id: first[0], resource: first[1] };
}
