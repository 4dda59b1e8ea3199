import { describe, expect, it } from 'vitest';
import type { ReaperSettings } from '../../../lambda/contract/settings.js';
import { decide } from '../../../lambda/policy/decide.js';
import { limitsFor } from '../../../lambda/policy/limits.js';
import type { Session } from '../../../lambda/policy/session.js';
import type { Sparing } from '../../../lambda/policy/tags.js';
import { idleSession, minutesAgo, NOW, session, settings } from '../../support/sessions.js';

function decisionOn(one: Session, changes: Partial<ReaperSettings> = {}) {
  const all = settings(changes);
  return decide(one, limitsFor(one, all, NOW), NOW);
}

const looked = (sparing: Sparing) => ({ sparing, looked: false });

describe('rules', () => {
  const rules: ReaperSettings['rules'] = [
    { match: { workgroup: 'prod-*' }, exempt: true },
    { match: { workgroup: '*', description: 'dbt: *' }, idleMinutes: 60 },
    { match: { workgroup: 'dev-?' }, idleMinutes: 5 },
  ];

  it.each([
    { workGroup: 'prod-etl', description: 'dbt: 1', action: 'keep', rule: 'rules[0]', minutes: 300 },
    { workGroup: 'Prod-etl', description: '', action: 'terminate', rule: 'default', minutes: 31 },
    { workGroup: 'dev-1', description: 'dbt: 1 - x', action: 'keep', rule: 'rules[1]', minutes: 59 },
    { workGroup: 'dev-1', description: 'dbt: 1 - x', action: 'terminate', rule: 'rules[1]', minutes: 60 },
    { workGroup: 'dev-1', description: undefined, action: 'terminate', rule: 'rules[2]', minutes: 5 },
    { workGroup: 'dev-12', description: 'notebook', action: 'keep', rule: 'default', minutes: 29 },
  ])(
    '$workGroup, "$description", $minutes min: $action by $rule',
    ({ workGroup, description, minutes, action, rule }) => {
      const decision = decisionOn(idleSession({ minutes, workGroup, description }), { rules });
      expect(decision).toMatchObject({ action, rule });
    },
  );

  it('match by the globs that they give, and a session without a description has an empty one', () => {
    const described: ReaperSettings['rules'] = [{ match: { description: 'd*' }, idleMinutes: 90 }];
    const rule = (description: string | undefined, workGroup: string, all: ReaperSettings['rules']) =>
      limitsFor(session({ description, workGroup }), settings({ rules: all }), NOW).rule;
    expect(rule('dbt', 'any', described)).toBe('rules[0]');
    expect(rule('notebook', 'any', described)).toBe('default');
    expect(rule(undefined, 'any', [{ match: { description: '?*' }, exempt: true }])).toBe('default');
    expect(rule(undefined, 'any', [{ match: { description: '*' }, exempt: true }])).toBe('rules[0]');
  });

  it('an exempt session has no stuck limit and no maximum age either', () => {
    const exempt = session({ state: 'DEGRADED', workGroup: 'prod-etl', lastModifiedAt: minutesAgo(500) });
    const decision = decisionOn(exempt, { rules, stuck: { degradedMinutes: 1, maxAgeMinutes: 1 } });
    expect(decision).toMatchObject({ action: 'keep', reason: 'exempt by rule' });
  });
});

describe('tags', () => {
  const one = idleSession({ minutes: 45 });

  it('spare an exempt session, and name the tag', () => {
    const limits = limitsFor(one, settings(), NOW, looked({ exempt: { by: 'tag x on session' } }));
    expect(decide(one, limits, NOW)).toMatchObject({
      action: 'keep',
      reason: 'exempt by tag',
      rule: 'tag x on session',
    });
  });

  it('lengthen the idle limit but never shorten it', () => {
    const longer = limitsFor(one, settings(), NOW, looked({ idle: { by: 'tag y', minutes: 60 } }));
    expect(decide(one, longer, NOW)).toMatchObject({ action: 'keep', rule: 'tag y' });
    const shorter = limitsFor(one, settings(), NOW, looked({ idle: { by: 'tag y', minutes: 5 } }));
    expect(shorter).toMatchObject({ idleMinutes: 30, rule: 'default' });
    const same = limitsFor(one, settings(), NOW, looked({ idle: { by: 'tag y', minutes: 30 } }));
    expect(same).toMatchObject({ idleMinutes: 30, rule: 'default' });
  });

  it.each([
    { days: undefined, age: 400 * 1_440, exempt: 'tag' },
    { days: 2, age: 2 * 1_440 - 1, exempt: 'tag' },
    { days: 2, age: 2 * 1_440, exempt: undefined },
  ])('exempt a session of $age minutes where they may for $days days: $exempt', ({ days, age, exempt }) => {
    const tags = { ...settings().tags, ...(days && { maxExemptDays: days }) };
    const old = idleSession({ minutes: 45, startedAt: minutesAgo(age) });
    const look = looked({ exempt: { by: 'tag x' }, idle: { by: 'tag y', minutes: 90 } });
    const limits = limitsFor(old, settings({ tags }), NOW, look);
    expect(limits.exempt).toBe(exempt);
    if (!exempt) expect(limits).toMatchObject({ rule: 'tag y', idleMinutes: 90 });
  });

  it('exempt for ever a session whose start nobody can read', () => {
    const tags = { ...settings().tags, maxExemptDays: 1 };
    for (const startedAt of [undefined, new Date(0), new Date(Number.NaN)]) {
      const look = looked({ exempt: { by: 'tag x' } });
      expect(limitsFor({ ...one, startedAt }, settings({ tags }), NOW, look).exempt).toBe('tag');
    }
  });
});
