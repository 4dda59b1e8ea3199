import * as v from 'valibot';
import { expect, test } from 'vitest';
import { lineOf, readBy } from '../../../lambda/contract/mistakes.js';
import { allowedBy, flag, numberIn, object, timezone } from '../../../lambda/contract/values.js';

const minutes = numberIn({ min: 1, max: 60, integer: true });

function linesOf(schema: v.GenericSchema, value: unknown): readonly string[] {
  return readBy(schema, value).mistakes.map(lineOf);
}

test.each(['Europe/Berlin', 'UTC'])('%s is a time zone', (name) => {
  expect(readBy(timezone(), name)).toEqual({ mistakes: [], output: name });
});

test.each(['Europe/Bonn', ''])('"%s" is no time zone', (name) => {
  expect(linesOf(timezone(), name)).toEqual([
    `(the whole): found "${name}"; allowed: an IANA time zone such as "Europe/Berlin"`,
  ]);
});

test('a number is within its range, and whole where it has to be', () => {
  const part = numberIn({ min: 0.5, max: 2, integer: false });
  for (const value of [1, 60]) expect(linesOf(minutes, value)).toEqual([]);
  for (const value of [0.5, 1.25, 2]) expect(linesOf(part, value)).toEqual([]);
  expect(linesOf(minutes, 60.5)).toEqual(['(the whole): found 60.5; allowed: a whole number from 1 to 60']);
  expect(linesOf(minutes, 1.5)).toEqual(['(the whole): found 1.5; allowed: a whole number from 1 to 60']);
  expect(linesOf(part, 2.01)).toEqual(['(the whole): found 2.01; allowed: a number from 0.5 to 2']);
});

test('a flag is true or false', () => {
  for (const value of [true, false]) expect(linesOf(flag(), value)).toEqual([]);
  expect(linesOf(flag(), 'yes')).toEqual(['(the whole): found "yes"; allowed: true or false']);
});

test('a missing key is a mistake that says what the key allows', () => {
  expect(linesOf(object({ minutes, inner: object({ minutes }) }), {})).toEqual([
    'minutes: found nothing; allowed: a whole number from 1 to 60',
    'inner: found nothing; allowed: an object',
  ]);
});

test('a missing key that allows nothing in particular is to be an object', () => {
  expect(linesOf(object({ other: v.map(v.string(), v.string()) }), {})).toEqual([
    'other: found nothing; allowed: an object',
  ]);
});

test.each([
  [undefined, undefined],
  [null, undefined],
  ['a text', undefined],
  [{}, undefined],
  [{ message: () => 'computed' }, undefined],
  [v.string('a name'), 'a name'],
])('of %j is said that it allows %j', (schema, allowed) => {
  expect(allowedBy(schema)).toBe(allowed);
});
