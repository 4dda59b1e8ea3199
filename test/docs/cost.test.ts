import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { costOfMonth, timeoutOf } from '../support/cost.js';
import { synthesized } from '../support/synthesis.js';

const page = readFileSync('docs/cost.md', 'utf8');
const template = synthesized();

test.each([
  ['of three seconds', 3],
  ['that take all of their time', timeoutOf(template)],
])('docs/cost.md has the cost of a month with sweeps %s', (_what, secondsPerSweep) => {
  expect(page).toContain(`**${costOfMonth(template, secondsPerSweep).toFixed(2)}**`);
});

test('docs/cost.md counts the alarms of the stack', () => {
  const alarms = Object.keys(template.findResources('AWS::CloudWatch::Alarm')).length;

  expect(page).toContain(`| Alarms | ${alarms} at 0.10, one composite at 0.50 |`);
});
