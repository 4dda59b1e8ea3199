import { expect, test } from 'vitest';
import { holds, replaced, withReferences } from '../../../local/template/placeholders.js';

const MINUTES = { parameter: 'Minutes', text: '10079' };
const PRICE = { parameter: 'Price', text: '99.99' };

function properties(given: Readonly<Record<string, unknown>>): unknown {
  const template = { Resources: { Thing: { Type: 'Some::Thing', Properties: given } } };
  return withReferences(template, [MINUTES, PRICE]).Resources.Thing?.Properties;
}

test('a number that is a placeholder becomes a reference', () => {
  expect(properties({ Threshold: 10_079, Other: 3 })).toEqual({ Threshold: { Ref: 'Minutes' }, Other: 3 });
});

test('a text with placeholders is joined around them', () => {
  expect(properties({ Text: '{"idle":10079,"price":99.99}' })).toEqual({
    Text: { 'Fn::Join': ['', ['{"idle":', { Ref: 'Minutes' }, ',"price":', { Ref: 'Price' }, '}']] },
  });
});

test('texts inside of functions are looked into, and all others stay, empty ones too', () => {
  expect(properties({ Body: { 'Fn::Join': ['', ['more than 10079 minutes', { Ref: 'Queue' }]] } })).toEqual({
    Body: {
      'Fn::Join': [
        '',
        [{ 'Fn::Join': ['', ['more than ', { Ref: 'Minutes' }, ' minutes']] }, { Ref: 'Queue' }],
      ],
    },
  });
  expect(properties({ Flag: true, None: null })).toEqual({ Flag: true, None: null });
});

test.each(['100790', '110079', 'a10079', '10079.5', '1.10079', 'QueueA10079B'])(
  '%s is no placeholder',
  (text) => {
    expect(properties({ Text: text })).toEqual({ Text: text });
    expect(holds(text, '10079')).toBe(false);
  },
);

test('placeholders are replaced by other texts at the end of a sentence too', () => {
  expect(replaced('10079 of 10079.', new Map([['10079', '30']]))).toBe('30 of 30.');
});
