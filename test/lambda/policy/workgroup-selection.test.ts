import { describe, expect, it } from 'vitest';
import { engineOf, isReached, isSelected, noneReached } from '../../../lambda/policy/workgroup-selection.js';
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
    { engineVersion: 'Athena engine version 3', engine: 'sql', selected: false },
    { engineVersion: 'athena ENGINE version 4', engine: 'sql', selected: false },
    { engineVersion: 'New Athena engine version 1', engine: 'unknown', selected: true },
    { engineVersion: 'Trino engine version 1', engine: 'unknown', selected: true },
    { engineVersion: 'AUTO', engine: 'unknown', selected: true },
    { engineVersion: undefined, engine: 'unknown', selected: true },
  ])('with the engine $engineVersion is selected: $selected', ({ engineVersion, engine, selected }) => {
    const workgroup = { name: 'etl', engineVersion };
    expect(engineOf(workgroup)).toBe(engine);
    expect(isSelected(workgroup, sweepSettings())).toBe(selected);
  });
});

describe('globs', () => {
  it('reach a workgroup whatever its engine and whatever is excluded', () => {
    const workgroups = { include: ['team-*'], exclude: ['team-a'] };
    expect(isReached('team-a', sweepSettings({ workgroups }))).toBe(true);
    expect(isReached('other', sweepSettings({ workgroups }))).toBe(false);
    expect(isReached('team-a', sweepSettings({ workgroups, onlyWorkgroups: ['b*'] }))).toBe(false);
  });

  const names = ['primary', 'analytics', 'team-etl', 'Team-adhoc', 'archive'];

  it('are meant for a name in another case before any that is spelled much the same', () => {
    const workgroups = { include: ['X-*', 'A*'], exclude: [] };
    const text = noneReached(['b', 'c', 'analytics-of-the-company'], sweepSettings({ workgroups }));
    expect(text).toMatch(/nearest: analytics-of-the-company, b, c$/);
  });

  it.each([
    {
      include: ['TEAM-*'],
      onlyWorkgroups: ['*'],
      says: 'workgroups.include: TEAM-*',
      nearest: /nearest: team-etl, Team-adhoc/,
    },
    {
      include: ['analytic'],
      onlyWorkgroups: ['*'],
      says: 'workgroups.include: analytic',
      nearest: /nearest: analytics/,
    },
    {
      include: ['nothing-like-it', 'PRIM*'],
      onlyWorkgroups: ['*'],
      says: 'workgroups.include: nothing-like-it, PRIM*; upper and lower case differ; ',
      nearest: /nearest: primary, \S+, \S+$/,
    },
    {
      include: ['nothing-like-it', 'teametl'],
      onlyWorkgroups: ['*'],
      says: 'workgroups.include: nothing-like-it, teametl',
      nearest: /nearest: team-etl, /,
    },
    { include: ['*'], onlyWorkgroups: ['achive'], says: 'the event: achive', nearest: /nearest: archive/ },
  ])('that reach none ($include, $onlyWorkgroups) are named with the nearest names', (row) => {
    const { include, onlyWorkgroups, says, nearest } = row;
    const text = noneReached(names, sweepSettings({ workgroups: { include, exclude: [] }, onlyWorkgroups }));
    expect(text).toContain(says);
    expect(text).toMatch(nearest);
  });
});
