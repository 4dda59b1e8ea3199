/** Looks into a schema: which keys an object has, what a list is made of, which kinds of value a key takes. */
import type * as v from 'valibot';

/**
 * A schema without what is wrapped around it: defaults, null, checks.
 * @internal
 */
export function plain(schema: v.GenericSchema): v.GenericSchema {
  if ('wrapped' in schema && isSchema(schema.wrapped)) return plain(schema.wrapped);
  if ('pipe' in schema && Array.isArray(schema.pipe)) {
    const last = schema.pipe.findLast(isSchema);
    if (last !== undefined) return plain(last);
  }
  return schema;
}

/**
 * The keys of an object with their schemas; undefined for what is no object.
 * @internal
 */
export function entriesOf(schema: v.GenericSchema): ReadonlyMap<string, v.GenericSchema> | undefined {
  const object = plain(schema);
  if (!('entries' in object) || typeof object.entries !== 'object' || object.entries === null)
    return undefined;
  return new Map(Object.entries(object.entries).filter((entry) => isSchema(entry[1])));
}

/**
 * What a list is made of; undefined for what is no list.
 * @internal
 */
export function itemOf(schema: v.GenericSchema): v.GenericSchema | undefined {
  const list = plain(schema);
  return 'item' in list && isSchema(list.item) ? list.item : undefined;
}

/**
 * The alternatives that a schema offers; the schema itself where it offers one thing.
 * @internal
 */
export function optionsOf(schema: v.GenericSchema): readonly v.GenericSchema[] {
  const union = plain(schema);
  return union.type === 'union' && 'options' in union && Array.isArray(union.options)
    ? union.options.filter(isSchema)
    : [union];
}

/**
 * The schema at a path below another; undefined where no such key is known.
 * @internal
 */
export function schemaAt(schema: v.GenericSchema, path: readonly PropertyKey[]): v.GenericSchema | undefined {
  return path.reduce<v.GenericSchema | undefined>(
    (outer, key) =>
      outer && (entriesOf(outer)?.get(String(key)) ?? (typeof key === 'number' ? itemOf(outer) : undefined)),
    schema,
  );
}

/**
 * Whether a key takes text and no other kind of value but null.
 * @internal
 */
export function meansText(schema: v.GenericSchema): boolean {
  return optionsOf(schema).every(({ type }) => type === 'string' || type === 'picklist');
}

/**
 * Whether null may stand for "not set".
 * @internal
 */
export function takesNull(schema: v.GenericSchema): boolean {
  if (schema.type === 'nullable') return true;
  return 'wrapped' in schema && isSchema(schema.wrapped) && takesNull(schema.wrapped);
}

function isSchema(value: unknown): value is v.GenericSchema {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'schema';
}
