import { expect, test } from 'vitest';
import { chooseWorkgroup } from '../../../local/verification/choose-workgroup.js';

const spark = (name: string, state: 'ENABLED' | 'DISABLED' = 'ENABLED') => ({
  Name: name,
  State: state,
  EngineVersion: { EffectiveEngineVersion: 'Apache Spark version 3.5' },
});
const SQL = { Name: 'primary', EngineVersion: { EffectiveEngineVersion: 'Athena engine version 3' } };

test('finds the only Spark workgroup that is enabled, and a SQL one to ask about', () => {
  expect(chooseWorkgroup([SQL, spark('old', 'DISABLED'), spark('etl')], undefined)).toEqual({
    name: 'etl',
    engine: 'Apache Spark version 3.5',
    sqlWorkGroup: 'primary',
  });
});

test('takes the one that is named', () => {
  expect(chooseWorkgroup([spark('etl'), spark('ml')], 'ml').name).toBe('ml');
});

test.each([
  [
    'more than one to choose from',
    [spark('etl'), spark('ml')],
    undefined,
    'more than one Spark workgroup here; allowed: one of etl, ml',
  ],
  ['none', [SQL], undefined, 'no Spark workgroup here is enabled'],
  [
    'a SQL workgroup',
    [SQL, spark('etl')],
    'primary',
    'primary runs Athena engine version 3, which has no sessions; allowed: one of etl',
  ],
  ['an unknown name', [spark('etl')], 'elt', 'there is no workgroup elt here; allowed: one of etl'],
  ['a disabled one', [spark('old', 'DISABLED')], 'old', 'old is disabled, and starts no session'],
])('refuses %s', (_, workgroups, name, message) => {
  expect(() => chooseWorkgroup(workgroups, name)).toThrow(message);
});
