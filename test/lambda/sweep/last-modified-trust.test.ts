import { describe, expect, it } from 'vitest';
import type { Session } from '../../../lambda/policy/session.js';
import { LastModifiedTrust } from '../../../lambda/sweep/last-modified-trust.js';
import { ProcessMemory } from '../../../lambda/sweep/process-memory.js';
import { REGION, servedAthena, sweepAt } from '../../support/athena.js';
import { hurryTime } from '../../support/hurried-time.js';
import { minutesAgo, session } from '../../support/sessions.js';

describe('a last-modified time that the settings trust', () => {
  const TRUSTING = { trust: { lastModified: true } };
  const engine = 'Apache Spark version 3.5';

  it('ends sessions without an idle-since time, and the report says that their minutes are a lower bound', async () => {
    const { url, region } = await servedAthena({ world: { idleSince: 'empty' } });
    region.createWorkgroup({ name: 'etl', engine });
    region.putSession({ workGroup: 'etl', minutesInState: 60, ageMinutes: 90 });
    const { report, oldestOverdue } = await sweepAt(url, TRUSTING);
    expect(report.sessions).toMatchObject([
      { outcome: 'terminated', minutes: 60, clock: 'last-modified', lowerBound: true },
    ]);
    expect(oldestOverdue).toBe(30 * 60);
  });

  it('ends none before the region is listed, and defers them where it is not listed to its end', async () => {
    hurryTime();
    const { athena, url, region } = await servedAthena({ world: { idleSince: 'empty' } });
    for (const name of ['a', 'b']) region.createWorkgroup({ name, engine });
    region.putSession({ workGroup: 'a', minutesInState: 60, ageMinutes: 90 });
    const listings = () => athena.journal.count('ListSessions');
    const before: number[] = [];
    athena.script({ kind: 'delay', ms: 200, operation: 'ListSessions', workGroup: 'b' });
    athena.script({
      kind: 'before',
      operation: 'TerminateSession',
      run: () => void before.push(listings()),
      times: 1,
    });
    athena.script({ kind: 'throttle', operation: 'TerminateSession', times: 1 });
    expect((await sweepAt(url, TRUSTING)).report.counts.terminated).toBe(1);
    expect(before).toEqual([2]);

    region.putSession({ workGroup: 'a', minutesInState: 60, ageMinutes: 90 });
    athena.script({
      kind: 'error',
      code: 'AccessDeniedException',
      operation: 'ListSessions',
      workGroup: 'b',
    });
    const { report } = await sweepAt(url, TRUSTING);
    expect(report.sessions).toMatchObject([{ outcome: 'deferred', kind: 'listing-broken-off' }]);
  });

  it('ends none where a session shows that it does not move, nor in later sweeps of the process', async () => {
    const world = { idleSince: 'empty', lastModified: 'stands' } as const;
    const { athena, url, region } = await servedAthena({ world });
    region.createWorkgroup({ name: 'new', engine });
    region.createWorkgroup({ name: 'old', engine: 'PySpark engine version 3' });
    region.putSession({ workGroup: 'new', minutesInState: 1, ageMinutes: 90 });
    const witness = region.putSession({ workGroup: 'old', minutesInState: 5, ageMinutes: 90 });
    const memory = new ProcessMemory();
    const first = await sweepAt(url, TRUSTING, { memory });
    expect(first.report.counts).toMatchObject({ unknown: 1, kept: 1, due: 0 });
    region.forgetSession(witness);
    const second = await sweepAt(url, TRUSTING, { memory });
    expect(second.report.counts).toMatchObject({ unknown: 1, due: 0 });
    expect(athena.journal.count('TerminateSession')).toBe(0);
  });

  it('ends none either where that shows while the first wait for the region to be listed', async () => {
    hurryTime();
    const { athena, url, region } = await servedAthena();
    for (const name of ['first', 'later']) region.createWorkgroup({ name, engine });
    const shows = { IdleSinceDateTime: 'missing' } as const;
    region.putSession({ workGroup: 'first', minutesInState: 60, ageMinutes: 90, shows });
    region.putSession({ workGroup: 'later', minutesInState: 5, ageMinutes: 90 });
    const later = { operation: 'ListSessions', workGroup: 'later' } as const;
    athena.script({ kind: 'delay', ms: 150, ...later });
    const value = Date.now() / 1_000 - 80 * 60;
    athena.script({ kind: 'replace', member: 'LastModifiedDateTime', value, ...later });
    const { report, oldestOverdue } = await sweepAt(url, TRUSTING);
    expect(report.counts).toMatchObject({ listed: 2, unknown: 1, kept: 1, due: 0 });
    expect(oldestOverdue).toBe(0);
  });

  it('is not trusted in another region for what one region shows', async () => {
    const { athena, url, region } = await servedAthena();
    const other = athena.region('us-east-1');
    for (const one of [region, other]) {
      one.createWorkgroup({ name: 'etl', engine });
      const shows = { IdleSinceDateTime: 'missing' } as const;
      one.putSession({ workGroup: 'etl', minutesInState: 60, ageMinutes: 90, shows });
    }
    const lastModified = Date.now() / 1_000 - 80 * 60;
    other.putSession({ workGroup: 'etl', minutesInState: 5, ageMinutes: 90 });
    athena.script({
      ...{ kind: 'replace', member: 'LastModifiedDateTime', value: lastModified },
      ...{ operation: 'ListSessions', region: 'us-east-1' },
    });
    const { report } = await sweepAt(url, { ...TRUSTING, regions: [REGION, 'us-east-1'] });
    expect(report.regions).toMatchObject([
      { region: REGION, counts: { terminated: 1 } },
      { region: 'us-east-1', counts: { terminated: 0, unknown: 1 } },
    ]);
  });
});

describe('a last-modified time that nobody trusts', () => {
  const IDLE = { state: 'IDLE', startedAt: minutesAgo(90), idleSince: minutesAgo(30) } as const;
  const observed = (...sessions: readonly Partial<Session>[]) => {
    const trust = new LastModifiedTrust(false, new ProcessMemory(), 'here');
    for (const one of sessions) trust.observe(session(one));
    trust.regionListed();
    return { moves: trust.isSeenMoving, isPossible: trust.isPossible, holds: trust.holds };
  };

  it.each([
    { what: 'an idle session was modified as it became idle', last: 30, state: 'IDLE', moves: true },
    { what: 'it has stood since the start', last: 90, state: 'IDLE', moves: false },
    { what: 'the session is not idle', last: 30, state: 'BUSY', moves: false },
    { what: 'it became idle right after its start', last: 89.5, idle: 89, state: 'IDLE', moves: false },
  ])('is seen to move where $what: $moves', ({ last, idle = 30, state, moves }) => {
    const idleSince = minutesAgo(idle);
    const seen = observed({ ...IDLE, idleSince, state, lastModifiedAt: minutesAgo(last) });
    expect(seen).toEqual({ moves, isPossible: false, holds: false });
  });

  it('is not seen to move where one session contradicts what another shows', () => {
    const contradicting = { ...IDLE, lastModifiedAt: minutesAgo(80) };
    expect(observed({ ...IDLE, lastModifiedAt: minutesAgo(30) }, contradicting).moves).toBe(false);
    expect(observed(contradicting).moves).toBe(false);
    expect(observed().moves).toBe(false);
  });
});
