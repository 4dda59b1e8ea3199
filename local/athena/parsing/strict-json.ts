/** Checks JSON that people write: every mistake with its place, what was found there and what is allowed. */

import * as v from 'valibot';
import { isObject } from '../../../lambda/contract/values.js';

/** What a file holds, or all that is wrong with it. */
export type Checked<T> = { readonly value: T } | { readonly mistakes: readonly string[] };

/** Checks `json`; each mistake reads `place: found …; allowed: …`, and `whole` names the place of the top. */
export function checkJson<T>(schema: v.GenericSchema<unknown, T>, json: unknown, whole: string): Checked<T> {
  const parsed = v.safeParse(schema, json);
  if (parsed.success) return { value: parsed.output };
  return { mistakes: parsed.issues.map((issue) => mistakeOf(issue, whole)) };
}

/** An object that has no other keys; each unknown key is a mistake of its own. */
export function strictObject<const Entries extends v.ObjectEntries>(entries: Entries) {
  const known = Object.keys(entries).join(', ');
  const schema = v.objectWithRest(entries, v.never(`only the keys ${known}`), ({ expected }) =>
    allowedFor(entries, expected, known),
  );
  return v.pipe(
    v.custom<v.InferInput<typeof schema>>(isOrdinaryObject, ({ input }) =>
      isObject(input) ? `no key ${IGNORED_KEYS.join(', ')}` : `an object with ${known}`,
    ),
    schema,
  );
}

/** Text of `min` to `max` characters. */
export function text(min: number, max: number) {
  const allowed = `text of ${min} to ${max} characters`;
  return v.pipe(v.string(allowed), v.minLength(min, allowed), v.maxLength(max, allowed));
}

/** A number from `min` to `max`, whole or not. */
export function number(min: number, max: number) {
  const allowed = `a number from ${min} to ${max}`;
  return v.pipe(v.number(allowed), v.minValue(min, allowed), v.maxValue(max, allowed));
}

/** One of `values`. */
export function oneOf<const Value extends string>(values: readonly Value[]) {
  return v.picklist(values, `one of ${values.join(', ')}`);
}

/** The way from `root` along `keys`, for a mistake that a check of the whole finds further in. */
export function pathTo(root: unknown, first: PropertyKey, ...rest: readonly PropertyKey[]): Path {
  const head = step(root, first);
  const path: Path = [head];
  for (const key of rest) path.push(step(path.at(-1)?.value, key));
  return path;
}

type Path = [v.UnknownPathItem, ...v.UnknownPathItem[]];

function step(input: unknown, key: PropertyKey): v.UnknownPathItem {
  const value = typeof input === 'object' && input !== null ? Reflect.get(input, key) : undefined;
  return { type: 'unknown', origin: 'value', input, key, value };
}

/** Keys that valibot passes over in silence wherever an object has them. */
const IGNORED_KEYS = ['__proto__', 'prototype', 'constructor'] as const;

function isOrdinaryObject(value: unknown): boolean {
  return isObject(value) && !IGNORED_KEYS.some((key) => Object.hasOwn(value, key));
}

/** What a key that is missing may hold: what its own schema says of nothing. `expected` is the key in quotes. */
function allowedFor(entries: v.ObjectEntries, expected: string | null, known: string): string {
  const [, missing] = Object.entries(entries).find(([key]) => JSON.stringify(key) === expected) ?? [];
  if (missing === undefined || missing.async) return `an object with ${known}`;
  return v.safeParse(missing, undefined).issues?.[0].message ?? 'a value';
}

function mistakeOf(issue: v.BaseIssue<unknown>, whole: string): string {
  const path = issue.path ?? [];
  const input = path.length === 0 ? issue.input : path.at(-1)?.value;
  const found = issue.type === 'never' ? 'a key of that name' : shown(input);
  return `${placeOf(path, whole)}: found ${found}; allowed: ${issue.message}`;
}

function placeOf(path: readonly v.IssuePathItem[], whole: string): string {
  const steps = path.map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`));
  return steps.join('').replace(/^\./, '') || whole;
}

function shown(value: unknown): string {
  const json = value === undefined ? 'nothing' : JSON.stringify(value);
  return json.length <= 60 ? json : `${json.slice(0, 57)}...`;
}
