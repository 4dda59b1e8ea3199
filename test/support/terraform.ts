/** The Terraform example, as Terraform's own parser reads it. */
import { readFile } from 'node:fs/promises';
import { parse } from '@cdktn/hcl2json';
import * as v from 'valibot';

const attributes = v.record(v.string(), v.unknown());
/** Blocks by their two labels; each is a list, because a name can have several in other languages of HCL. */
const labelled = v.record(v.string(), v.record(v.string(), v.tuple([attributes])));
const named = v.record(v.string(), v.tuple([attributes]));
const exampleSchema = v.object({
  terraform: v.tuple([attributes]),
  variable: named,
  locals: v.tuple([attributes]),
  data: labelled,
  resource: labelled,
  output: named,
});
export type TerraformExample = v.InferOutput<typeof exampleSchema>;

/** @throws Error where it is no HCL, or has other kinds of blocks. */
export async function terraformExample(): Promise<TerraformExample> {
  const file = 'examples/terraform/main.tf';
  return v.parse(exampleSchema, await parse(file, await readFile(file, 'utf8')));
}

/** A resource or a data source. */
export interface Block {
  readonly type: string;
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** The folder of its types in the package of the AWS provider. */
  readonly module: string;
}

export function blocksOf({ resource, data }: TerraformExample): readonly Block[] {
  const kinds = [
    ['', resource],
    ['data-aws-', data],
  ] as const;
  return kinds.flatMap(([prefix, types]) =>
    Object.entries(types).flatMap(([type, names]) =>
      Object.entries(names).map(([name, [given]]) => ({
        type,
        name,
        arguments: given,
        module: `${prefix}${type.replace(/^aws_/, '').replaceAll('_', '-')}`,
      })),
    ),
  );
}

/** `template_url` as the provider's types have it. */
export function camelCased(name: string): string {
  return name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
