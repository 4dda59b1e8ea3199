/** `lib/config/keys/reaper-config.ts`: the schema as plain interfaces, so that who uses them needs no validation library. */
import type * as v from 'valibot';
import { reaperConfigSchema } from '../lib/config/keys/schema.js';
import { entriesOf, itemOf, optionsOf, takesNull } from '../lib/config/keys/schema-tree.js';
import { type Key, keysIn } from './configuration-keys.js';

/** What may be written, or what is read of it: with every default filled in. */
type Side = 'input' | 'output';

/** Types of what the schema transforms, by path. */
const TRANSFORMED: ReadonlyMap<string, string> = new Map([['rules[]', 'Rule']]);

/** A line of a comment, up to a space. */
const LINE = /(.{1,100})(?: |$)/g;

export function configurationTypes(): string {
  const interfaces = [
    interfaceOf(
      reaperConfigSchema,
      '',
      'output',
      'What a deployment is made from, with every default filled in.',
    ),
    interfaceOf(reaperConfigSchema, '', 'input', 'What may be written. Every key may be left out.'),
    ...interfacesBelow(reaperConfigSchema, ''),
  ];
  return `${[HEADING, ...interfaces].join('\n\n')}\n`;
}

const HEADING = `/** Written by \`npm run docs:configuration\` from the schema and its texts; a test fails when it is stale. */
import type { Rule } from '../../../lambda/contract/settings.js';`;

function interfacesBelow(object: v.GenericSchema, path: string): readonly string[] {
  return keysIn(object, path).flatMap(({ below, text }) => {
    if (below === undefined) return [];
    return [
      ...sidesOf(below.schema, below.path).map((side) => interfaceOf(below.schema, below.path, side, text)),
      ...interfacesBelow(below.schema, below.path),
    ];
  });
}

/** One interface is enough where nothing has a default. */
function sidesOf(object: v.GenericSchema, path: string): readonly Side[] {
  return hasDefaults(object) && !TRANSFORMED.has(path) ? ['output', 'input'] : ['input'];
}

function interfaceOf(object: v.GenericSchema, path: string, side: Side, text: string): string {
  const members = keysIn(object, path).map((key) => memberOf(key, side));
  return [`${comment([text], '')}export interface ${nameOf(object, path, side)} {`, ...members, '}'].join(
    '\n',
  );
}

function memberOf(key: Key, side: Side): string {
  const { name, schema, text, allowed } = key;
  const mayLack = schema.type === 'exact_optional' || (side === 'input' && schema.type === 'optional');
  const more = [
    ...(allowed === undefined ? [] : [`Allowed: ${allowed}.`]),
    ...(mayLack ? [`@default ${defaultInWords(key)}`] : []),
  ];
  const orUndefined = mayLack && schema.type === 'optional' ? ' | undefined' : '';
  const type = `${typeOf(schema, key.path, side)}${orUndefined}`;
  return `${comment([text, ...more], '  ')}  readonly ${name}${mayLack ? '?' : ''}: ${type};`;
}

/** A hyphen introduces words where there is no value, as in the CDK's own comments. */
function defaultInWords({ byDefault }: Key): string {
  if (byDefault === '{}') return '- the defaults of its keys';
  return byDefault ?? '- not set';
}

function typeOf(schema: v.GenericSchema, path: string, side: Side): string {
  const alternatives = optionsOf(schema).map((option) => typeOfOne(option, path, side));
  return [...alternatives, ...(takesNull(schema) ? ['null'] : [])].join(' | ');
}

function typeOfOne(schema: v.GenericSchema, path: string, side: Side): string {
  const item = itemOf(schema);
  if (item) return `readonly ${inBrackets(typeOf(item, `${path}[]`, side))}[]`;
  if (entriesOf(schema)) return nameOf(schema, path, side);
  if (schema.type === 'picklist' && 'options' in schema && Array.isArray(schema.options)) {
    return schema.options.map(quoted).join(' | ');
  }
  return schema.type === 'literal' && 'literal' in schema ? quoted(schema.literal) : schema.type;
}

function inBrackets(type: string): string {
  return type.includes(' | ') ? `(${type})` : type;
}

function quoted(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}

/** `rules[].match` is `RuleMatchConfig`. */
function nameOf(object: v.GenericSchema, path: string, side: Side): string {
  const transformed = side === 'output' ? TRANSFORMED.get(path) : undefined;
  if (transformed !== undefined) return transformed;
  const words = path === '' ? ['reaper'] : path.split('.').map((word) => word.replace(/s?\[\]$/, ''));
  const name = words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('');
  return `${name}Config${side === 'input' && hasDefaults(object) ? 'Input' : ''}`;
}

function hasDefaults(object: v.GenericSchema): boolean {
  return keysIn(object, '').some(({ schema, below }) => {
    return schema.type === 'optional' || (below !== undefined && hasDefaults(below.schema));
  });
}

function comment(lines: readonly string[], indent: string): string {
  const wrapped = lines.flatMap(wrap);
  const [only, ...others] = wrapped;
  if (others.length === 0) return `${indent}/** ${only} */\n`;
  return [`${indent}/**`, ...wrapped.map((line) => `${indent} * ${line}`), `${indent} */`, ''].join('\n');
}

function wrap(text: string): readonly string[] {
  return text.replaceAll(LINE, '$1\n').trimEnd().split('\n');
}
