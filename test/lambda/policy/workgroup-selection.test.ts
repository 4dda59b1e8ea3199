import { describe, expect, it } from 'vitest';
import { engineOf, isSelected } from '../../../lambda/policy/workgroup-selection.js';
import { sweepSettings } from '../../support/sessions.js';

describe('a workgroup', () => {
  it.each([
    { name: 'team-a', selected: true },
    { name: 'team-b', selected: false },
    { name: 'prod-a', selected: false },
    { name: 'other-a', selected: false },
  ])('$name is selected: $selected, by what is included, excluded and asked for', ({ name, selected }) => {
    const workgroups = { include: ['team-*', 'prod-*'], exclude: ['prod-*'] };
    expect(isSelected({ name }, sweepSettings({ workgroups, onlyWorkgroups: ['*-a'] }))).toBe(selected);
  });

  it.each([
    { engineVersion: 'Apache Spark version 3.5', engine: 'spark', selected: true },
    { engineVersion: 'PySpark engine version 3', engine: 'spark', selected: true },
    { engineVersion: 'Athena engine version 3', engine: 'other', selected: false },
    { engineVersion: 'AUTO', engine: 'unknown', selected: true },
    { engineVersion: undefined, engine: 'unknown', selected: true },
  ])('with the engine $engineVersion is selected: $selected', ({ engineVersion, engine, selected }) => {
    const workgroup = { name: 'etl', engineVersion };
    expect(engineOf(workgroup)).toBe(engine);
    expect(isSelected(workgroup, sweepSettings())).toBe(selected);
  });
});
