/** Reads a value by a schema and names every mistake in it at once: the place, what was found, what is allowed. */
import * as v from 'valibot';
import { isObject } from './values.js';

/** One thing that is wrong with what was written. */
export interface Mistake {
  readonly path: readonly PropertyKey[];
  readonly found: string;
  readonly allowed: string;
}

/** What was found where a key is not known. */
export const UNKNOWN_KEY = 'an unknown key';

export type Reading<T> =
  | { readonly mistakes: readonly []; readonly output: T }
  | { readonly mistakes: readonly [Mistake, ...Mistake[]] };

/** @internal */
export function readBy<T extends v.GenericSchema>(schema: T, value: unknown): Reading<v.InferOutput<T>> {
  const result = v.safeParse(schema, value);
  const mistakes = [...(result.issues ?? []).map(mistakeOf), ...reservedKeys(value)];
  const [first, ...others] = mistakes;
  if (first) return { mistakes: [first, ...others] };
  return { mistakes: [], output: result.output };
}

function mistakeOf({ type, path, input, message }: v.BaseIssue<unknown>): Mistake {
  return {
    path: path?.map(({ key }) => (typeof key === 'number' ? key : String(key))) ?? [],
    found: type === 'never' ? UNKNOWN_KEY : show(input),
    allowed: message,
  };
}

/** Keys that valibot passes over, because objects inherit them: no setting is called by such a name. */
const RESERVED = ['__proto__', 'constructor', 'prototype'];

function reservedKeys(value: unknown, path: readonly PropertyKey[] = []): readonly Mistake[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => reservedKeys(item, [...path, index]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    RESERVED.includes(key)
      ? [{ path: [...path, key], found: UNKNOWN_KEY, allowed: 'another name' }]
      : reservedKeys(inner, [...path, key]),
  );
}

/** `rules[0].idleMinutes: found 0; allowed: a whole number from 1 to 10080` */
export function lineOf({ path, found, allowed }: Mistake): string {
  const steps = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`));
  const place = steps.join('').replace(/^\./, '') || '(the whole)';
  return `${place}: found ${found}; allowed: ${allowed}`;
}

/** A value as an error shows it: JSON, cut short. */
export function show(value: unknown): string {
  const text =
    value === undefined
      ? 'nothing'
      : typeof value === 'number'
        ? `${value}`
        : (JSON.stringify(value) ?? String(value));
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
