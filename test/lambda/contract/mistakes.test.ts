import * as v from 'valibot';
import { describe, expect, it, test } from 'vitest';
import { lineOf, readBy, show } from '../../../lambda/contract/mistakes.js';
import { numberIn, object } from '../../../lambda/contract/values.js';

const schema = object({
  minutes: numberIn({ min: 1, max: 60, integer: true }),
  inner: v.optional(object({ minutes: numberIn({ min: 1, max: 60, integer: true }) }), { minutes: 5 }),
});

describe('reading a value', () => {
  it('gives the value with its defaults where nothing is wrong', () => {
    expect(readBy(schema, { minutes: 30 })).toEqual({
      mistakes: [],
      output: { minutes: 30, inner: { minutes: 5 } },
    });
  });

  it('names every mistake at once, unknown keys too', () => {
    const { mistakes } = readBy(schema, { minutes: 0, hours: 1, days: 1, inner: { minutes: 'ten' } });

    expect(mistakes.map(lineOf).toSorted()).toEqual([
      expect.stringMatching(/^days: found an unknown key; allowed: /),
      expect.stringMatching(/^hours: found an unknown key; allowed: /),
      'inner.minutes: found "ten"; allowed: a whole number from 1 to 60',
      'minutes: found 0; allowed: a whole number from 1 to 60',
    ]);
  });

  it.each(['__proto__', 'constructor', 'prototype'])('refuses the key %s at any depth', (key) => {
    const { mistakes } = readBy(
      schema,
      JSON.parse(`{ "minutes": 30, "inner": { "minutes": 5, "${key}": {} } }`),
    );

    expect(mistakes.map(lineOf)).toContain(`inner.${key}: found an unknown key; allowed: another name`);
  });
});

it('a mistake in a list is found at its place, also of a key that objects inherit', () => {
  const list = object({ all: v.array(v.any()) });
  const { mistakes } = readBy(list, JSON.parse('{ "all": [1, { "__proto__": 2 }] }'));
  expect(mistakes.map(lineOf)).toEqual(['all[1].__proto__: found an unknown key; allowed: another name']);
});

test.each([
  [['rules', 0, 'idleMinutes'], 'rules[0].idleMinutes: found 0; allowed: 1'],
  [[0, 'idleMinutes'], '[0].idleMinutes: found 0; allowed: 1'],
  [[], '(the whole): found 0; allowed: 1'],
])('the path %j is shown in %s', (path, line) => {
  expect(lineOf({ path, found: '0', allowed: '1' })).toBe(line);
});

test.each([
  [undefined, 'nothing'],
  [Number.NaN, 'NaN'],
  ['a', '"a"'],
  [{ a: [1] }, '{"a":[1]}'],
  ['x'.repeat(100), `"${'x'.repeat(76)}...`],
])('the value %j is shown as %s', (value, text) => {
  expect(show(value)).toBe(text);
});
