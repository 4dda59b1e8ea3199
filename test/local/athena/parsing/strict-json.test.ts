import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import {
  checkJson,
  number,
  oneOf,
  strictObject,
  text,
} from '../../../../local/athena/parsing/strict-json.js';

const schema = strictObject({
  name: text(1, 8),
  size: v.optional(number(1, 10), 5),
  colours: v.optional(v.array(oneOf(['red', 'green']), 'a list of colours')),
});

function mistakesIn(json: string): readonly string[] {
  const checked = checkJson(schema, JSON.parse(json), 'the top');
  return 'mistakes' in checked ? checked.mistakes : [];
}

describe('JSON that people write', () => {
  test('is taken with its defaults where nothing is wrong', () => {
    expect(checkJson(schema, { name: 'x' }, 'the top')).toEqual({ value: { name: 'x', size: 5 } });
  });

  test('is refused with every mistake: the place, what was found and what is allowed', () => {
    expect(mistakesIn('{"size":11,"colours":["red","blue",3]}')).toEqual([
      'name: found nothing; allowed: text of 1 to 8 characters',
      'size: found 11; allowed: a number from 1 to 10',
      'colours[1]: found "blue"; allowed: one of red, green',
      'colours[2]: found 3; allowed: one of red, green',
    ]);
  });

  test('names each unknown key, also one that every object has', () => {
    expect(mistakesIn('{"name":"x","weight":1,"toString":2}')).toEqual([
      'weight: found a key of that name; allowed: only the keys name, size, colours',
      'toString: found a key of that name; allowed: only the keys name, size, colours',
    ]);
  });

  test.each(['__proto__', 'prototype', 'constructor'])('does not pass over the key %s', (key) => {
    expect(mistakesIn(`{"name":"x","${key}":{}}`)).toEqual([
      expect.stringMatching(/^the top: found .*; allowed: no key __proto__, prototype, constructor$/),
    ]);
  });

  test.each(['[]', 'null', '7', '"x"'])('is not %s', (json) => {
    expect(mistakesIn(json)).toEqual([`the top: found ${json}; allowed: an object with name, size, colours`]);
  });

  test('shows no more than the beginning of what was found', () => {
    const [mistake = ''] = mistakesIn(`{"name":"${'x'.repeat(500)}"}`);
    expect(mistake).toMatch(/^name: found "x{56}\.\.\.; allowed: /);
  });
});
