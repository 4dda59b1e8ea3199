/**
 * The kinds of value that settings and events are made of. Every message says what is allowed, because that is what
 * the reader of an error needs; the pages of the docs show the same texts.
 */
import * as v from 'valibot';

export interface Pattern {
  readonly regex: RegExp;
  readonly allowed: string;
}

export interface Range {
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
}

/** @internal */
export function numberIn({ min, max, integer }: Range) {
  const allowed = `${integer ? 'a whole number' : 'a number'} from ${min} to ${max}`;
  const isIn = (n: number) => n >= min && n <= max && (!integer || Number.isInteger(n));
  return v.pipe(v.number(allowed), v.check(isIn, allowed));
}

/** @internal */
export function matching({ regex, allowed }: Pattern) {
  return v.pipe(
    v.string(allowed),
    v.check((text) => regex.test(text), allowed),
  );
}

/** @internal */
export function oneOf<const T extends string>(...values: readonly T[]) {
  return v.picklist(values, values.map((value) => `"${value}"`).join(' or '));
}

const TIMEZONE_ALLOWED = 'an IANA time zone such as "Europe/Berlin"';

/** @internal */
export function timezone() {
  return v.pipe(v.string(TIMEZONE_ALLOWED), v.check(isTimezone, TIMEZONE_ALLOWED));
}

/** Those that were found right: to ask for one takes longer than to read all other settings. */
const knownTimezones = new Set<string>();

function isTimezone(name: string): boolean {
  if (knownTimezones.has(name)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
  } catch {
    return false;
  }
  knownTimezones.add(name);
  return true;
}

/** @internal */
export function flag() {
  return v.boolean('true or false');
}

/** @internal */
export function listOf<T extends v.GenericSchema>(item: T) {
  return v.array(item, 'a list');
}

/**
 * A list in which each thing stands once, also among those that are wrong.
 * @internal
 */
export function setOf<T extends v.GenericSchema>(item: T) {
  return v.pipe(listOf(item), wholly(isSet, 'a list that names nothing twice'));
}

/** What is no list is another mistake. */
function isSet(list: unknown): boolean {
  return !Array.isArray(list) || new Set(list.map((item) => JSON.stringify(item))).size === list.length;
}

/**
 * Checks a whole even where parts of it are wrong, so that no mistake needs a second run to show.
 * @internal
 */
export function wholly<T>(isRight: (value: unknown) => boolean, allowed: string) {
  return v.rawCheck<T>(({ dataset, addIssue }) => {
    if (!isRight(dataset.value)) addIssue({ message: allowed });
  });
}

/**
 * An object without other keys. Each unknown key is a mistake of its own, and so is each missing one.
 * @internal
 */
export function object<const T extends v.ObjectEntries>(
  entries: T,
): v.GenericSchema<v.InferInput<v.ObjectSchema<T, undefined>>, v.InferOutput<v.ObjectSchema<T, undefined>>> {
  const inner = v.objectWithRest(
    entries,
    v.never(Object.keys(entries).join(', ')),
    // A missing key is what valibot expected, in quotes.
    ({ expected }) => allowedBy(entries[expected?.slice(1, -1) ?? '']) ?? 'an object',
  );
  // To valibot a list is an object too.
  return v.pipe(v.custom<v.InferInput<typeof inner>>(isObject, 'an object'), inner);
}

/** What the messages of a schema say is allowed. */
export function allowedBy(schema: unknown): string | undefined {
  if (typeof schema !== 'object' || schema === null || !('message' in schema)) return undefined;
  return typeof schema.message === 'string' ? schema.message : undefined;
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
