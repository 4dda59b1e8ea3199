/** The keys of the configuration, each with all that the schema and the texts say of it. */
import type * as v from 'valibot';
import { allowedBy } from '../lambda/contract/values.js';
import { entriesOf, itemOf, plain } from '../lib/config/keys/schema-tree.js';
import { TEXTS } from '../lib/config/keys/texts.js';

export interface Key {
  readonly name: string;
  /** From the top, dotted; `[]` for each entry of a list. */
  readonly path: string;
  readonly schema: v.GenericSchema;
  readonly text: string;
  /** In words; undefined where the key holds other keys. */
  readonly allowed: string | undefined;
  /** As JSON; undefined where there is none. */
  readonly byDefault: string | undefined;
  /** What has the keys below: the object itself, or the entries of a list. */
  readonly below: { readonly schema: v.GenericSchema; readonly path: string } | undefined;
}

const texts: ReadonlyMap<string, string> = new Map(Object.entries(TEXTS));

/** The keys directly in an object. */
export function keysIn(object: v.GenericSchema, path: string): readonly Key[] {
  return [...(entriesOf(object) ?? [])].map(([name, schema]) => {
    const own = path === '' ? name : `${path}.${name}`;
    const below = keysBelow(schema, own);
    return {
      name,
      path: own,
      schema,
      text: texts.get(own) ?? '',
      allowed: below ? undefined : allowedIn(schema),
      byDefault: defaultOf(schema),
      below,
    };
  });
}

function keysBelow(schema: v.GenericSchema, path: string): Key['below'] {
  const item = itemOf(schema);
  if (entriesOf(schema)) return { schema, path };
  return item && entriesOf(item) ? { schema: item, path: `${path}[]` } : undefined;
}

function allowedIn(schema: v.GenericSchema): string {
  const item = itemOf(schema);
  return item ? `a list; each: ${allowedIn(item)}` : String(allowedBy(plain(schema)));
}

function defaultOf(schema: v.GenericSchema): string | undefined {
  return 'default' in schema && schema.default !== undefined ? JSON.stringify(schema.default) : undefined;
}
