import { expect, test } from 'vitest';
import { fileCircles, folderCircles } from './circles.js';
import { type Import, importsOf } from './imports.js';
import { arrowsAgainstThePlan } from './plan.js';

test.each([
  ["import { NAMESPACE } from '../contract/telemetry.js';", false],
  ["import '../contract/telemetry.js';", false],
  ["import type { MetricName } from '../contract/telemetry.js';", true],
  ["import { type MetricName } from '../contract/telemetry.js';", false],
  ["export { NAMESPACE } from '../contract/telemetry.js';", false],
  ["export * from '../contract/telemetry.js';", false],
  ["export type * from '../contract/telemetry.js';", true],
  ["export const later = () => import('../contract/telemetry.js');", false],
  ["export type Name = import('../contract/telemetry.js').MetricName;", true],
  ["export let all: typeof import('../contract/telemetry.js');", true],
])('sees %s', (text, typesOnly) => {
  expect(importsOf('lambda/policy/invented.ts', text)).toEqual([
    { from: 'lambda/policy/invented.ts', to: 'lambda/contract/telemetry.ts', typesOnly },
  ]);
});

test('names the files of a circle in their order', () => {
  const imports = [arrow('a/1.ts', 'a/2.ts'), arrow('a/2.ts', 'a/3.ts'), arrow('a/3.ts', 'a/1.ts')];
  expect(fileCircles(imports)).toEqual(['a/1.ts -> a/2.ts -> a/3.ts -> a/1.ts']);
  expect(fileCircles(imports.slice(1))).toEqual([]);
});

test('names a circle of folders where no two files form one, and whatever depth they lie at', () => {
  const imports = [arrow('a/b/1.ts', 'a/c/d/2.ts'), arrow('a/c/e/3.ts', 'a/b/4.ts')];
  expect(fileCircles(imports)).toEqual([]);
  expect(folderCircles(imports)).toEqual([
    'a/b -> a/c -> a/b: a/b/1.ts imports a/c/d/2.ts, a/c/e/3.ts imports a/b/4.ts',
  ]);
  expect(folderCircles(imports.slice(1))).toEqual([]);
});

test('counts it as a circle when a part imports from the whole that imports it', () => {
  expect(folderCircles([arrow('a/whole.ts', 'a/part/1.ts'), arrow('a/part/2.ts', 'a/other.ts')])).toEqual([
    'a/* -> a/part -> a/*: a/whole.ts imports a/part/1.ts, a/part/2.ts imports a/other.ts',
  ]);
});

test.each([
  [
    'lambda/policy/decide.ts',
    'lambda/sweep/sweep.ts',
    'lambda/policy/ may import only lambda/policy, lambda/contract',
  ],
  ['lambda/handler.ts', 'lib/app.ts', 'lambda/ may import only lambda'],
  ['lambda/handler.ts', 'npm:constructs', 'its folder never imports npm:aws-cdk-lib or npm:constructs'],
  [
    'lambda/sweep/sweep.ts',
    'npm:aws-cdk-lib/aws-sqs',
    'its folder never imports npm:aws-cdk-lib or npm:constructs',
  ],
  ['lib/app.ts', 'lambda/handler.ts', 'lib/ may import only lib, lambda/contract'],
  ['lib/alarms/alarms.ts', 'test/support/iam.ts', 'lib/ may import only lib, lambda/contract'],
  ['local/cli.ts', 'bench/fleet.ts', 'local/ may import only local, lambda, lib'],
])('refuses that %s imports %s, values or types', (from, to, rule) => {
  for (const typesOnly of [false, true]) {
    expect(arrowsAgainstThePlan([{ from, to, typesOnly }])).toEqual([`${from} imports ${to}, but ${rule}`]);
  }
});

test('lets types alone through where the plan says so', () => {
  const [from, to] = ['lambda/reporting/tally.ts', 'lambda/athena/calls.ts'];
  expect(arrowsAgainstThePlan([{ from, to, typesOnly: true }])).toEqual([]);
  expect(arrowsAgainstThePlan([{ from, to, typesOnly: false }])).toHaveLength(1);
});

function arrow(from: string, to: string): Import {
  return { from, to, typesOnly: false };
}
