import { expect, test } from 'vitest';
import { fileCircles, folderCircles } from './structure/circles.js';
import { importsIn } from './structure/imports.js';
import { arrowsAgainstThePlan } from './structure/plan.js';

const imports = importsIn(['lambda', 'lib', 'local', 'tools', 'test', 'bench']);

test('the repository has no circle between files', () => {
  expect(imports.length).toBeGreaterThan(1000);
  expect(fileCircles(imports)).toEqual([]);
});

test('the repository has no circle between folders, at any depth', () => {
  expect(folderCircles(imports)).toEqual([]);
});

test('the repository has no import that goes against the plan', () => {
  expect(arrowsAgainstThePlan(imports)).toEqual([]);
});
