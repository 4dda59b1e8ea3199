import { expect, test } from 'vitest';
import { DEFAULT_ACCOUNT } from '../../../local/athena/index.js';
import { populatedAccount } from '../../support/account.js';
import { CONFIGURATIONS } from '../../support/configurations.js';
import { isAllowed, isDenied, listed, refusals, type Statement, statementsOf } from '../../support/iam.js';
import { realSweep } from '../../support/real-sweep.js';
import { synthesized } from '../../support/synthesis.js';

function sweepStatements(config: object): readonly Statement[] {
  return statementsOf(synthesized(config).toJSON(), (role) => role.includes('SweepRole'));
}

const sweeps = new Map<string, ReturnType<typeof realSweep>>();

function sweepWith(name: keyof typeof CONFIGURATIONS): ReturnType<typeof realSweep> {
  const sweep = sweeps.get(name) ?? realSweep(synthesized(CONFIGURATIONS[name]).toJSON(), populatedAccount);
  sweeps.set(name, sweep);
  return sweep;
}

const REPLAYED = [
  'the default',
  'report mode',
  'many regions',
  'exclusions and exemptions',
  'no tags',
] as const;

test.each(REPLAYED)('each call of a real sweep with %s is allowed on its own resource', async (name) => {
  const { calls, report } = await sweepWith(name);

  expect(report.counts.due).toBeGreaterThan(0);
  expect(refusals(calls, sweepStatements(CONFIGURATIONS[name]))).toEqual([]);
});

test('a call that the policy does not cover is refused', async () => {
  const { calls } = await sweepWith('the default');
  const elsewhere = calls.map((call) => ({ ...call, region: 'us-east-1' }));
  const refused = refusals(elsewhere, sweepStatements(CONFIGURATIONS['the default']));

  expect(refused).toContain(`athena:ListWorkGroups on *`);
  expect(refused).toContain(
    `athena:ListSessions on arn:aws:athena:us-east-1:${DEFAULT_ACCOUNT}:workgroup/adhoc`,
  );
});

test('the calls of a terminating sweep are refused to the role of report mode', async () => {
  const { calls } = await sweepWith('the default');
  const refused = refusals(calls, sweepStatements(CONFIGURATIONS['report mode']));

  expect(refused.length).toBeGreaterThan(0);
  expect(refused.every((refusal) => refusal.startsWith('athena:TerminateSession on '))).toBe(true);
});

test('the bus that events of sessions are put on is the one that the role may put events on', () => {
  const statements = sweepStatements(CONFIGURATIONS['session events']);
  const on = (bus: string) => ({
    action: 'events:PutEvents',
    resource: `arn:aws:events:eu-west-1:${DEFAULT_ACCOUNT}:event-bus/${bus}`,
    context: {},
  });

  expect(isAllowed(statements, on('default'))).toBe(true);
  expect(isAllowed(statements, on('other'))).toBe(false);
  expect(statements).toEqual(sweepStatements(CONFIGURATIONS['the default']));
});

test('calls on an excluded workgroup are denied', async () => {
  const { calls } = await sweepWith('the default');
  const onExcluded = calls.filter(({ workGroup }) => workGroup === 'etl-core' || workGroup === 'team-x');
  const statements = sweepStatements(CONFIGURATIONS['exclusions and exemptions']);

  expect(new Set(onExcluded.map(({ operation }) => operation))).toEqual(
    new Set(['ListSessions', 'GetSession', 'ListTagsForResource', 'TerminateSession']),
  );
  for (const call of onExcluded) expect(refusals([call], statements)).not.toEqual([]);
});

test('ending a session is denied where a rule always exempts, and only there', () => {
  const statements = sweepStatements(CONFIGURATIONS['exclusions and exemptions']);
  const ending = (workgroup: string) => ({
    action: 'athena:TerminateSession',
    resource: `arn:aws:athena:eu-west-1:${DEFAULT_ACCOUNT}:workgroup/${workgroup}/session/abc`,
    context: { 'aws:RequestedRegion': 'eu-west-1' },
  });

  expect(isDenied(statements, ending('etl-prod-1'))).toBe(true);
  expect(isAllowed(statements, { ...ending('etl-prod-1'), action: 'athena:GetSession' })).toBe(true);
  // An earlier rule gives dbt sessions of team-b a limit, so some of them can be due.
  expect(isAllowed(statements, ending('team-b'))).toBe(true);
  expect(isAllowed(statements, ending('etl-daily'))).toBe(true);
});

test('no action on Athena is granted that no sweep uses', async () => {
  const used = new Set<string>();
  for (const name of REPLAYED) {
    const { calls } = await sweepWith(name);
    for (const { operation } of calls) used.add(`athena:${operation}`);
  }
  const granted = Object.values(CONFIGURATIONS)
    .flatMap(sweepStatements)
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action }) => listed(Action))
    .filter((action) => action.startsWith('athena:'));

  expect(new Set(granted)).toEqual(used);
});
