import { z } from 'zod';
import { plain } from '../lib/config/mistakes.js';
import { reaperConfigSchema } from '../lib/config/schema.js';

/** `docs/configuration.md`: every key of the schema, with the texts that its errors have. */
export function configurationReference(): string {
  return [INTRODUCTION, ...section(reaperConfigSchema, ''), EXAMPLE].join('\n');
}

const INTRODUCTION = `# Configuration

<!-- Generated from the schema by \`npm run docs:configuration\`. -->

Everything stands under the context key \`reaper\` in \`cdk.json\`, and every key may be left out. A single value is
overridden on the command line, with lists and objects as JSON:

\`\`\`sh
npx cdk deploy -c reaper.idleMinutes=45 -c reaper.mode=report -c reaper.regions='["eu-west-1","us-east-1"]'
\`\`\`

What cannot be used is told before anything is deployed: all mistakes at once, each with its path, what was found
and what is allowed. Globs know \`*\` (any text) and \`?\` (one character); case matters.
`;

const EXAMPLE = `## Example

\`\`\`json
{
  "context": {
    "reaper": {
      "idleMinutes": 45,
      "regions": ["eu-west-1", "us-east-1"],
      "workgroups": { "exclude": ["core-*"] },
      "rules": [
        { "match": { "workgroup": "prod-*" }, "exempt": true },
        { "match": { "description": "dbt: *" }, "idleMinutes": 90 }
      ],
      "stuck": { "degradedMinutes": 15 },
      "warnMinutes": 10,
      "notify": { "emails": ["data-platform@example.com"] }
    }
  }
}
\`\`\`
`;

interface Key {
  readonly path: string;
  readonly schema: z.core.$ZodType;
}

/** A table of the keys that hold values, then a section for each that holds keys. */
function section(schema: z.core.$ZodType, path: string): readonly string[] {
  const keys = keysOf(schema, path);
  const nested = keys.filter((key) => inner(key.schema) !== undefined);
  const values = keys.filter((key) => !nested.includes(key));
  return [
    '| Key | Allowed | Default | Meaning |',
    '| --- | --- | --- | --- |',
    ...values.map(row),
    '',
    ...nested.flatMap(({ path: below, schema: object }) => [
      `## \`${below}\``,
      '',
      `${describe(object)}${schemaIsList(object) ? ' A list; each entry has these keys.' : ''}`,
      '',
      ...section(inner(object) ?? object, schemaIsList(object) ? `${below}[]` : below),
    ]),
  ];
}

function keysOf(schema: z.core.$ZodType, path: string): readonly Key[] {
  const object = plain(schema);
  if (!(object instanceof z.ZodObject)) return [];
  return Object.entries(object.shape).map(([key, value]) => ({
    path: path === '' ? key : `${path}.${key}`,
    schema: value,
  }));
}

/** The object that a key holds, or a list of; undefined where it holds values. */
function inner(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  const outer = plain(schema);
  const element = outer instanceof z.ZodArray ? plain(outer.element) : outer;
  return element instanceof z.ZodObject ? element : undefined;
}

function schemaIsList(schema: z.core.$ZodType): boolean {
  return plain(schema) instanceof z.ZodArray;
}

function row({ path, schema }: Key): string {
  return `| \`${path}\` | ${allowed(schema)} | ${byDefault(schema)} | ${describe(schema)} |`;
}

function allowed(schema: z.core.$ZodType): string {
  const outer = plain(schema);
  const text =
    outer instanceof z.ZodArray ? `a list; each: ${allowedValue(outer.element)}` : allowedValue(outer);
  return text.replaceAll('|', '\\|');
}

function allowedValue(schema: z.core.$ZodType): string {
  return String(z.globalRegistry.get(plain(schema))?.allowed);
}

function byDefault(schema: z.core.$ZodType): string {
  const standing = schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault;
  return standing ? `\`${JSON.stringify(schema.def.defaultValue)}\`` : 'not set';
}

function describe(schema: z.core.$ZodType): string {
  return z.globalRegistry.get(schema)?.description ?? '';
}
