import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rule, RuleMatch } from '../../../lambda/contract/settings.js';
import { decide, decideListed } from '../../../lambda/policy/decide.js';
import { limitsFor } from '../../../lambda/policy/limits.js';
import { ruledBy } from '../../../lambda/policy/rules.js';
import type { Session } from '../../../lambda/policy/session.js';
import { runs } from '../../support/property-share.js';
import { idleSession, NOW, session, settings } from '../../support/sessions.js';

const ROLE = 'arn:aws:iam::111122223333:role/spark-analysts';
const lasting = (match: RuleMatch, idleMinutes = 240): Rule => ({ match, idleMinutes });
const exempting = (match: RuleMatch): Rule => ({ match, exempt: true });

function ruled(rules: readonly Rule[], one: Session, tags?: Record<string, string>, looked = true) {
  const found = tags && { tags: { ofSession: tags, ofWorkgroup: { Team: 'data' } }, looked };
  return ruledBy(one, settings({ rules }), NOW, found);
}

describe('a rule', () => {
  const one = session({
    engineVersion: 'Apache Spark version 3.5',
    notebookVersion: 'v1',
    executionRole: ROLE,
  });

  it.each([
    { match: { client: 'note*' }, matches: true },
    { match: { client: 'dbt-athena' }, matches: false },
    { match: { engine: '*Spark version 3.?' }, matches: true },
    { match: { engine: 'PySpark*' }, matches: false },
    { match: { hours: { days: ['mon'], timezone: 'UTC' } }, matches: true },
    { match: { hours: { days: ['tue'], timezone: 'UTC' } }, matches: false },
    {
      match: { workgroup: 'analytics', hours: { from: '10:00', to: '10:01', timezone: 'UTC' } },
      matches: true,
    },
  ] as const)('matches by what a listing shows: $match, $matches', ({ match, matches }) => {
    expect(ruled([lasting(match, 5)], one).rule).toBe(matches ? 'rules[0]' : 'default');
  });

  it.each([
    { match: { owner: 'ada' }, tags: { Owner: 'ada' } },
    { match: { owner: 'spark-*' }, tags: {} },
    { match: { role: 'spark-*' }, tags: { Owner: 'ada' } },
    { match: { tag: 'Team=data' }, tags: {} },
    { match: { tag: 'Cost*=47*' }, tags: { CostCentre: '4711' } },
    { match: { client: 'SageMaker*' }, tags: { AmazonDataZoneProject: 'p' } },
  ])('by $match matches at the last look alone', ({ match, tags }) => {
    expect(ruled([lasting(match)], one).rule).toBe('default');
    expect(ruled([lasting(match)], one, tags)).toEqual({ rule: 'rules[0]', exempt: false, idleMinutes: 240 });
    expect(ruled([exempting(match)], one, tags).exempt).toBe(true);
  });

  it('for the owner waits for the role where no tag names one', () => {
    const rules = [lasting({ owner: 'spark-*' }), exempting({ tag: 'Team=data' })];
    expect(ruled(rules, one, {}, false).rule).toBe('default');
    expect(ruled(rules, one, {}, true).rule).toBe('rules[0]');
    expect(ruled(rules, one, { Owner: 'ada' }, false).rule).toBe('rules[1]');
  });

  it('that comes later decides where it is more generous by the listing alone', () => {
    const rules = [lasting({ owner: 'ada' }, 60), lasting({ workgroup: 'analytics' }, 90)];
    expect(ruled(rules, one, { Owner: 'ada' })).toMatchObject({ rule: 'rules[1]', idleMinutes: 90 });
    const exempt = [lasting({ owner: 'ada' }, 60), exempting({ workgroup: 'analytics' })];
    expect(ruled(exempt, one, { Owner: 'ada' })).toMatchObject({ rule: 'rules[1]', exempt: true });
  });

  it('that the look shows no better result for is named by the listing', () => {
    const rules = [lasting({ owner: 'ada' }, 90), lasting({ workgroup: 'analytics' }, 90)];
    expect(ruled(rules, one, { Owner: 'ada' })).toMatchObject({ rule: 'rules[1]', idleMinutes: 90 });
  });

  it('for the client yields to the default, where that is longer, once tags show another client', () => {
    const rules = [lasting({ client: 'notebook' }, 5)];
    expect(ruled(rules, one).idleMinutes).toBe(5);
    expect(ruled(rules, one, { AmazonDataZoneProject: 'p' })).toMatchObject({
      rule: 'default',
      idleMinutes: 30,
    });
  });

  it('by what a session does not have matches only a glob for everything', () => {
    const bare = session();
    for (const key of ['client', 'engine', 'role', 'description'] as const) {
      expect(ruled([lasting({ [key]: '?*' })], bare, {}).rule, key).toBe('default');
      expect(ruled([lasting({ [key]: '*' })], bare, {}).rule, key).toBe('rules[0]');
    }
  });
});

const glob = fc.constantFrom('*', 'a*', 'ada', 'spark-*', 'etl', '?*');
/** One key each, or two: with more, hardly any rule would match. */
const key: fc.Arbitrary<RuleMatch> = fc.oneof(
  fc.record({ workgroup: fc.constantFrom('*', 'ana*', 'etl') }),
  fc.record({ client: fc.constantFrom('notebook', 'dbt*', 'Sage*', '*') }),
  fc.record({ engine: fc.constantFrom('*3.5', 'PySpark*') }),
  fc.record({ owner: glob }),
  fc.record({ role: glob }),
  fc.record({ tag: fc.constantFrom('*', 'Team=*', 'Owner=ada', '*=data') }),
  fc.record({
    hours: fc.constantFrom<NonNullable<RuleMatch['hours']>>(
      { days: ['mon'], timezone: 'UTC' },
      { from: '20:00', to: '06:00', timezone: 'Europe/Berlin' },
    ),
  }),
);
const match = fc.tuple(key, key).map(([one, other]): RuleMatch => ({ ...one, ...other }));
const rule: fc.Arbitrary<Rule> = fc.oneof(
  fc.record({ match, exempt: fc.constant(true as const) }),
  fc.record({ match, idleMinutes: fc.constantFrom(1, 10, 30, 60, 240) }),
);
/** In whichever order its keys stand. */
const byContent = ({ match: keys, ...effect }: Rule) =>
  JSON.stringify([Object.entries(keys).toSorted(([one], [other]) => one.localeCompare(other)), effect]);
/** Each once, as settings have them. */
const rulesOf = (maxLength: number) => fc.uniqueArray(rule, { maxLength, selector: byContent });
const tags = fc.dictionary(
  fc.constantFrom('Owner', 'owner', 'Team', 'AmazonDataZoneProject'),
  fc.constantFrom('ada', 'data', '', '\u001b'),
);
const seen = fc.record({
  minutes: fc.integer({ min: 0, max: 300 }),
  notebookVersion: fc.constantFrom(undefined, 'v1'),
  description: fc.constantFrom(undefined, 'dbt: 1'),
  engineVersion: fc.constantFrom(undefined, 'Apache Spark version 3.5'),
  executionRole: fc.constantFrom(undefined, ROLE),
});

describe('a look', () => {
  it('never makes a session due that its listing does not, whatever tags and owner it finds', () => {
    fc.assert(
      fc.property(rulesOf(5), seen, tags, tags, fc.boolean(), (rules, plan, of, all, looked) => {
        const one = idleSession(plan);
        const given = settings({ rules });
        const look = { sparing: {}, tags: { ofSession: of, ofWorkgroup: all }, looked };
        const byListing = decideListed(one, limitsFor(one, given, NOW), NOW);
        const byLook = decide(one, limitsFor(one, given, NOW, look), NOW);
        if (byListing.action !== 'terminate') expect(byLook.action).not.toBe('terminate');
      }),
      { numRuns: runs(1_000) },
    );
  });

  it('gives a limit by a rule on owner, role or tag that is no shorter than without that rule', () => {
    fc.assert(
      fc.property(rulesOf(4), seen, tags, (rules, plan, of) => {
        const one = idleSession(plan);
        const isBlind = ({ match: keys }: Rule) => 'owner' in keys || 'role' in keys || 'tag' in keys;
        const without = limitsFor(one, settings({ rules: rules.filter((one) => !isBlind(one)) }), NOW);
        const look = { sparing: {}, tags: { ofSession: of, ofWorkgroup: {} }, looked: true };
        const withAll = limitsFor(one, settings({ rules }), NOW, look);
        if (without.exempt) expect(withAll.exempt).toBe('rule');
        if (!withAll.exempt) expect(withAll.idleMinutes).toBeGreaterThanOrEqual(without.idleMinutes);
      }),
    );
  });
});
