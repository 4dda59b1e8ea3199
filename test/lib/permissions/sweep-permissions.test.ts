import { Stack } from 'aws-cdk-lib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchesAny, matchesGlob } from '../../../lambda/policy/globs.js';
import { limitsFor } from '../../../lambda/policy/limits.js';
import { type ReaperConfig, readReaperConfig, toReaperSettings } from '../../../lib/config/config.js';
import { meansTheSameInIam } from '../../../lib/config/globs/iam-globs.js';
import { permanentlyExempt, sweepPermissions } from '../../../lib/permissions/sweep-permissions.js';
import { CONFIGURATIONS } from '../../support/configurations.js';
import { asStatements, isAllowed, isDenied, listed, statementsOf } from '../../support/iam.js';
import { runs } from '../../support/property-share.js';
import { NOW, session } from '../../support/sessions.js';
import { synthesized } from '../../support/synthesis.js';

const ACCOUNT = '111122223333';

function statements(config: object, role: string) {
  return statementsOf(synthesized(config).toJSON(), (id) => id.includes(role));
}

function ending(workgroup: string, region = 'eu-west-1') {
  return {
    action: 'athena:TerminateSession',
    resource: `arn:aws:athena:${region}:${ACCOUNT}:workgroup/${workgroup}/session/abc`,
    context: { 'aws:RequestedRegion': region },
  };
}

describe('the role of the sweep', () => {
  const tagged = (value: string, resource = ending('etl').resource) => ({
    ...{ ...ending('etl'), resource },
    context: { ...ending('etl').context, 'aws:ResourceTag/Team:Exempt': value },
  });

  test('may not end what the exempt tag says is exempt, a session or all of a workgroup, in any letter case', () => {
    const granted = statements({ tags: { prefix: 'team' } }, 'SweepRole');
    const workgroup = ending('etl').resource.replace('/session/abc', '');
    for (const value of ['true', 'TRUE']) {
      expect(isDenied(granted, tagged(value))).toBe(true);
      expect(isDenied(granted, tagged(value, workgroup))).toBe(true);
    }
    expect(isAllowed(granted, tagged('false'))).toBe(true);
    expect(isAllowed(granted, ending('etl'))).toBe(true);
  });

  test('has no such Deny where tags are off, exempt for some days only, or nothing can be ended anyway', () => {
    for (const config of [{ tags: { enabled: false } }, { tags: { maxExemptDays: 7 } }, { mode: 'report' }]) {
      const sids = statements(config, 'SweepRole').map(({ Sid }) => Sid);
      expect(sids).not.toContain('NeverEndTaggedExempt');
    }
  });

  test('may look into CloudTrail only where the owner of an ended session is asked for there', () => {
    const sids = (config: object) => statements(config, 'SweepRole').map(({ Sid }) => Sid);
    expect(sids({ owner: { cloudTrail: true } })).toContain('LookUpWhoStarted');
    expect(sids({ owner: { cloudTrail: true }, mode: 'report' })).not.toContain('LookUpWhoStarted');
    const lookUp = { action: 'cloudtrail:LookupEvents', resource: '*' };
    const granted = statements({ owner: { cloudTrail: true }, regions: ['eu-west-1'] }, 'SweepRole');
    expect(isAllowed(granted, { ...lookUp, context: { 'aws:RequestedRegion': 'eu-west-1' } })).toBe(true);
    expect(isAllowed(granted, { ...lookUp, context: { 'aws:RequestedRegion': 'us-east-1' } })).toBe(false);
  });

  test('is granted these actions and no others', () => {
    const granted = statements({}, 'SweepRole').filter(({ Effect }) => Effect === 'Allow');
    const actions = granted.flatMap(({ Action }) => listed(Action));

    expect(actions.toSorted()).toEqual([
      'athena:GetSession',
      'athena:ListSessions',
      'athena:ListTagsForResource',
      'athena:ListWorkGroups',
      'athena:TerminateSession',
      'events:PutEvents',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'sqs:SendMessage',
    ]);
  });

  test('has no wildcard for a resource but to list workgroups, in the regions that are swept', () => {
    const everything = statements(CONFIGURATIONS['many regions'], 'SweepRole').filter(({ Resource }) =>
      listed(Resource).includes('*'),
    );

    expect(everything).toEqual([
      {
        Sid: 'FindWorkgroups',
        Effect: 'Allow',
        Action: 'athena:ListWorkGroups',
        Resource: '*',
        Condition: { StringEquals: { 'aws:RequestedRegion': CONFIGURATIONS['many regions'].regions } },
      },
    ]);
  });

  test('can end sessions in the regions that are swept, and in no other', () => {
    const policy = statements(CONFIGURATIONS['many regions'], 'SweepRole');

    expect(isAllowed(policy, ending('etl', 'us-east-1'))).toBe(true);
    expect(isAllowed(policy, ending('etl', 'us-east-2'))).toBe(false);
  });

  test('can end sessions in the workgroups that are swept, and in no other', () => {
    const policy = statements(CONFIGURATIONS['exclusions and exemptions'], 'SweepRole');

    expect(isAllowed(policy, ending('team-a'))).toBe(true);
    expect(isAllowed(policy, ending('team-ab'))).toBe(false);
    expect(isAllowed(policy, ending('adhoc'))).toBe(false);
    expect(isAllowed(policy, ending('etl-core'))).toBe(false);
  });

  test('does not even name TerminateSession in report mode', () => {
    const { mode } = CONFIGURATIONS['report mode'];
    const template = JSON.stringify(synthesized({ mode, workgroups: { exclude: ['prod'] } }).toJSON());

    expect(template).not.toContain('athena:TerminateSession');
  });

  test('may not read tags where tags are off', () => {
    const actions = statements(CONFIGURATIONS['no tags'], 'SweepRole').flatMap(({ Action }) =>
      listed(Action),
    );

    expect(actions).not.toContain('athena:ListTagsForResource');
  });
});

test('each role but that of the sweep has one purpose', () => {
  const actions = (role: string) => statements({}, role).flatMap(({ Action }) => listed(Action));

  expect(actions('ScheduleRole')).toEqual(['lambda:InvokeFunction', 'sqs:SendMessage']);
  expect(actions('NotificationsRole')).toEqual(['sns:Publish']);
});

describe('workgroups that are always exempt', () => {
  const limited = (workgroup: string) => ({ match: { workgroup }, idleMinutes: 60 });
  const exempt = (workgroup: string) => ({ match: { workgroup }, exempt: true }) as const;

  test('are those of a rule that exempts by workgroup alone', () => {
    expect(permanentlyExempt([exempt('prod-*'), limited('*')])).toEqual(['prod-*']);
    expect(
      permanentlyExempt([{ match: { workgroup: 'prod-*', description: 'dbt*' }, exempt: true }]),
    ).toEqual([]);
    expect(permanentlyExempt([{ match: { description: 'dbt*' }, exempt: true }])).toEqual([]);
  });

  test('are not those that an earlier rule reaches into', () => {
    expect(permanentlyExempt([limited('*-b'), exempt('prod-*')])).toEqual([]);
    expect(permanentlyExempt([limited('test-*'), exempt('prod-*')])).toEqual(['prod-*']);
    expect(permanentlyExempt([exempt('*-b'), exempt('prod-*')])).toEqual(['*-b', 'prod-*']);
  });
});

const NAMES = ['a', 'ab', 'b', 'ba', 'aab', 'c', 'p', 'ap'];
const globs = fc.constantFrom('*', 'a', 'a*', '*b', '?', '?b', 'ab', 'b?*', 'c', '*p', '*s*', '*p*');
const notInIam = {
  client: fc.constant('notebook'),
  engine: fc.constant('*3.5'),
  owner: fc.constant('ada'),
  role: fc.constant('spark-*'),
  tag: fc.constant('Team=data'),
  hours: fc.constant({ days: ['sun'] as const, timezone: 'UTC' }),
};
const isAnythingGiven = (match: object) => Object.keys(match).length > 0;
const rules = fc.oneof(
  fc.record({ match: fc.record({ workgroup: globs }), exempt: fc.constant(true as const) }),
  fc.record({
    match: fc.record({ workgroup: globs, description: fc.constantFrom('dbt*', '*') }),
    exempt: fc.constant(true as const),
  }),
  fc.record({
    match: fc.record({ workgroup: globs, ...notInIam }, { requiredKeys: [] }).filter(isAnythingGiven),
    exempt: fc.constant(true as const),
  }),
  fc.record({ match: fc.record({ workgroup: globs }), idleMinutes: fc.constant(60) }),
  fc.record({ match: fc.record({ description: fc.constant('dbt*') }), idleMinutes: fc.constant(60) }),
);

test('IAM denies what is excluded, and never what a sweep would end', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(globs, { minLength: 1, maxLength: 2 }),
      fc.uniqueArray(globs, { maxLength: 2 }),
      fc.array(rules, { maxLength: 4 }),
      (include, exclude, given) => {
        const config = accepted({ workgroups: { include, exclude }, rules: given });
        fc.pre(config !== undefined);
        const settings = toReaperSettings(config);
        const policy = written(config);
        for (const name of NAMES) {
          const excluded = matchesAny(exclude, name);
          const sessions = [
            session({ workGroup: name }),
            session({ workGroup: name, description: 'dbt: 1' }),
          ];
          const endable = sessions.some((one) => limitsFor(one, settings, NOW).exempt === undefined);
          const denied = exclude.some((glob) => meansTheSameInIam(glob) && matchesGlob(glob, name));
          if (denied) expect(isDenied(policy, ending(name))).toBe(true);
          if (!excluded && endable) expect(isDenied(policy, ending(name))).toBe(false);
          if (matchesAny(include, name) && !excluded && endable) {
            expect(isAllowed(policy, ending(name))).toBe(true);
          }
        }
      },
    ),
    { numRuns: runs(300) },
  );
});

const stack = new Stack();

/** The statements without a stack of their own and its synthesis, of which there would be hundreds. */
function written(config: ReaperConfig) {
  return asStatements(
    sweepPermissions(config).map((statement) => stack.resolve(statement.toStatementJson())),
  );
}

/** Random configurations contradict themselves often; those are not the ones to look at here. */
function accepted(written: object) {
  try {
    return readReaperConfig(written);
  } catch {
    return undefined;
  }
}
