import { expect, test } from 'vitest';
import { type ReaperConfigInput, readReaperConfig } from '../../../lib/config/config.js';
import { asParameter, numberParameters, unusedNumber } from '../../../local/template/number-parameters.js';

function parametersOf(config: ReaperConfigInput) {
  return numberParameters(readReaperConfig(config));
}

const WITH_WARNINGS: ReaperConfigInput = { warnMinutes: 20, schedule: 'rate(10 minutes)' };

test.each([
  ['the default', {}],
  ['warnings', WITH_WARNINGS],
])(
  'with %s, the settings allow the least and the most that a parameter does, and nothing beyond',
  (_, config) => {
    for (const { setting, min, max } of parametersOf(config)) {
      for (const value of [min, max])
        expect(readReaperConfig({ ...config, [setting]: value })[setting]).toBe(value);
      for (const value of [min - 1, max + 1]) {
        expect(() => readReaperConfig({ ...config, [setting]: value })).toThrow();
      }
    }
  },
);

test('the default of a parameter is what the settings have', () => {
  const [idleMinutes] = parametersOf({ idleMinutes: 45 });

  expect(idleMinutes && asParameter(idleMinutes)).toMatchObject({
    Type: 'Number',
    Default: 45,
    MinValue: 1,
    MaxValue: 10_080,
  });
});

test('a number that a text has already is not used', () => {
  const [idleMinutes, , price] = parametersOf({});

  expect(idleMinutes && unusedNumber(idleMinutes, '10079 and 10078')).toBe(10_077);
  expect(price && unusedNumber(price, '99.99')).toBe(99.98);
});
