import { afterEach, describe, expect, it } from 'vitest';
import { LOG_MESSAGES, SWEEP_LOG_FIELDS, TARGET_LOG_FIELDS } from '../../../lambda/contract/telemetry.js';
import { servedEventBus } from '../../support/event-bus.js';
import { hurryTime } from '../../support/hurried-time.js';
import { EXTERNAL_ID, type Hub, type HubOptions, startHub } from '../../support/organization/hub.js';

const ACCOUNT = '222222222222';
const OTHER = '333333333333';
const target = { accountId: ACCOUNT, region: 'us-east-1' };
const summary = (figures: object, targets: number) => ({
  summarize: { startedAt: '2026-03-02T10:00:00.000Z', targets, figures },
});

let hub: Hub | undefined;
afterEach(async () => {
  await hub?.close();
  hub = undefined;
});

async function hubOver(options: Partial<HubOptions> = {}): Promise<Hub> {
  hub = await startHub({ accounts: [ACCOUNT, OTHER], ...options });
  for (const account of [ACCOUNT, OTHER]) {
    const region = hub.athena.region('us-east-1', account);
    region.createWorkgroup({ name: 'etl' });
    region.putSession({ workGroup: 'etl', minutesInState: 60, idleTimeoutMinutes: 90 });
    region.putSession({ workGroup: 'etl', minutesInState: 5 });
  }
  return hub;
}

const logged = ({ lines }: Hub, message: string) => lines.filter((line) => line.message === message);
const emf = ({ lines }: Hub) => lines.filter((line) => '_aws' in line);

describe('a target', () => {
  it('is swept as the member role, and nothing else is touched', async () => {
    const { handle, athena } = await hubOver();
    expect(await handle({ target })).toMatchObject({
      accountId: ACCOUNT,
      ...{ swept: 1, workgroups: 1, listed: 2, terminated: 1 },
    });
    expect(new Set(athena.journal.calls.map(({ account, region }) => `${account} ${region}`))).toEqual(
      new Set([`${ACCOUNT} us-east-1`]),
    );
    expect(athena.journal.of('ListTagsForResource').map(({ input }) => input.ResourceARN)).toContain(
      `arn:aws:athena:us-east-1:${ACCOUNT}:workgroup/etl`,
    );
  });

  it('asks for the role once, with the external id, held to the region and to what a sweep does', async () => {
    const { handle, sts } = await hubOver();
    await handle({ target });
    expect(sts.calls).toHaveLength(1);
    expect(sts.calls[0]).toMatchObject({
      RoleArn: `arn:aws:iam::${ACCOUNT}:role/AthenaSessionReaperMember`,
      ExternalId: EXTERNAL_ID,
      RoleSessionName: 'athena-session-reaper-us-east-1',
      DurationSeconds: '900',
    });
    expect(JSON.parse(sts.calls[0]?.Policy ?? '')).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: [
            'athena:ListWorkGroups',
            'athena:ListSessions',
            'athena:GetSession',
            'athena:ListTagsForResource',
            'athena:TerminateSession',
          ],
          Resource: '*',
          Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
        },
      ],
    });
  });

  it('in report mode does not even have the right to end anything', async () => {
    const { handle, sts, athena } = await hubOver();
    expect(await handle({ target, mode: 'report' })).toMatchObject({ wouldTerminate: 1 });
    expect(sts.calls[0]?.Policy).not.toContain('TerminateSession');
    expect(athena.journal.count('TerminateSession')).toBe(0);
  });

  it('keeps the accounts that a container serves apart', async () => {
    const { handle, athena } = await hubOver();
    await Promise.all([handle({ target }), handle({ target: { ...target, accountId: OTHER } })]);
    const ended = athena.journal.of('TerminateSession').map(({ account }) => account);
    expect(ended.toSorted()).toEqual([ACCOUNT, OTHER]);
  });

  it('that refuses the role is a figure and a log line, not an error', async () => {
    const running = await hubOver({ refusing: [ACCOUNT] });
    expect(await running.handle({ target })).toEqual({
      accountId: ACCOUNT,
      ...{ notSwept: 1, notListed: 1, calls: 1 },
    });
    expect(logged(running, LOG_MESSAGES.regionNotListed)).toEqual([
      expect.objectContaining({
        account: ACCOUNT,
        region: 'us-east-1',
        error: expect.stringContaining('AccessDenied: User is not authorized to perform: sts:AssumeRole'),
      }),
    ]);
  });

  it('is swept though STS throttles at first', async () => {
    hurryTime();
    const { handle, sts } = await hubOver({ throttling: 1 });
    expect(await handle({ target })).toMatchObject({ swept: 1, terminated: 1, throttledCalls: 1 });
    expect(sts.calls).toHaveLength(2);
  });

  it('whose answer is due already is not begun, so that the answers of others are not lost', async () => {
    const { handle, athena } = await hubOver();
    const answerBy = new Date(Date.now() - 1).toISOString();
    expect(await handle({ target, answerBy })).toMatchObject({ accountId: ACCOUNT, notSwept: 1 });
    expect(athena.journal.calls).toEqual([]);
  });

  it('answers by the moment at which its answer is due', async () => {
    hurryTime();
    const { handle } = await hubOver({ athena: { latencyMs: 2_000 } });
    const begun = Date.now();
    const answer = await handle({ target, answerBy: new Date(begun + 8_000).toISOString() });
    expect(Date.now() - begun).toBeLessThan(8_000);
    expect(answer).toMatchObject({ accountId: ACCOUNT, notSwept: 1 });
  });

  it('emits how long sessions have been idle, and what it ended, without a dimension of its own', async () => {
    const running = await hubOver();
    await running.handle({ target });
    expect(emf(running)).toEqual([
      {
        _aws: expect.anything(),
        service: 'organization',
        IdleAge: [expect.closeTo(300, -1), expect.closeTo(3_600, -1)],
        SessionsTerminated: 1,
        DpuHoursSaved: expect.closeTo(0.5, 2),
      },
    ]);
  });

  it('emits of a sweep that ended nothing how long sessions have been idle, and no more', async () => {
    const running = await hubOver();
    await running.handle({ target, mode: 'report' });
    expect(emf(running)).toEqual([
      { _aws: expect.anything(), service: 'organization', IdleAge: expect.any(Array) },
    ]);
  });

  it('is named on every line about it, and logs only fields of the catalogue', async () => {
    const running = await hubOver();
    await running.handle({ target });
    const about = running.lines.filter(({ message }) => message !== undefined);
    expect(about).toHaveLength(2);
    for (const line of about) expect(line).toMatchObject({ account: ACCOUNT, region: 'us-east-1' });
    const [line = {}] = logged(running, LOG_MESSAGES.target);
    const own = ['level', 'message', 'timestamp', 'service', 'sampling_rate'];
    expect(
      Object.keys(line)
        .filter((key) => !own.includes(key))
        .toSorted(),
    ).toEqual([...TARGET_LOG_FIELDS, ...SWEEP_LOG_FIELDS].toSorted());
  });
});

describe('a session that a target leaves to the next sweep', () => {
  it('is a line with its account only where debugging is asked for', async () => {
    const running = await hubOver({ settings: { maxTerminationsPerSweep: 1 }, logLevel: 'DEBUG' });
    const region = running.athena.region('us-east-1', ACCOUNT);
    region.putSession({ workGroup: 'etl', minutesInState: 40 });
    await running.handle({ target });
    expect(logged(running, LOG_MESSAGES.session)).toEqual([
      expect.objectContaining({ level: 'INFO', account: ACCOUNT, outcome: 'terminated' }),
      expect.objectContaining({ level: 'DEBUG', account: ACCOUNT, outcome: 'deferred' }),
    ]);
  });
});

describe('events of sessions', () => {
  const settings = { notify: { sessionEvents: true } };
  const failures = (running: Hub) => emf(running).flatMap((line) => line.SessionEventsFailed ?? []);

  it('say whose account each session is in, on the bus of the hub', async () => {
    const running = await hubOver({ settings });
    const { taken } = await servedEventBus();
    expect(await running.handle({ target })).not.toHaveProperty('sessionEventsFailed');
    const [{ Detail, Resources } = expect.fail('no event')] = taken;
    expect(JSON.parse(Detail)).toMatchObject({ accountId: ACCOUNT, region: 'us-east-1', workGroup: 'etl' });
    expect(Resources?.[0]).toMatch(`arn:aws:athena:us-east-1:${ACCOUNT}:workgroup/etl/session/`);
  });

  it('that cannot be put are a figure of the target, and a metric of the sum', async () => {
    hurryTime();
    const running = await hubOver({ settings });
    await servedEventBus({ fails: () => ({ status: 400, code: 'AccessDeniedException' }) });
    expect(await running.handle({ target })).toMatchObject({ terminated: 1, sessionEventsFailed: 1 });
    expect(logged(running, LOG_MESSAGES.sessionEventsFailed)).toMatchObject([
      { account: ACCOUNT, failed: 1 },
    ]);
    expect(failures(running)).toEqual([]);
    await running.handle(summary({ swept: 4, sessionEventsFailed: 7 }, 4));
    expect(failures(running)).toEqual([7]);
  });
});

describe('an event', () => {
  it.each([
    [{}, 'one of check, target, summarize, givenUp'],
    [{ target, ...summary({}, 1) }, 'one of check, target, summarize, givenUp'],
    [{ target: { ...target, accountId: '12345' } }, 'an account id of 12 digits'],
    [{ target: { ...target, accountId: `${ACCOUNT}\n` } }, 'an account id of 12 digits'],
    [{ target: { ...target, region: 'ap-south-1' } }, 'found "ap-south-1"; allowed: eu-west-1, us-east-1'],
    [{ target: { ...target, role: 'Admin' } }, 'an unknown key; allowed: accountId, region'],
    [{ target, mode: 'terminate' }, 'cannot widen what is deployed'],
    [
      { target, regions: ['us-east-1'] },
      'an unknown key; allowed: check, target, answerBy, summarize, givenUp, mode, workgroups',
    ],
    [summary({ swept: 'all' }, 1), 'a number'],
  ])('%j is refused before any call, and that is logged', async (event, says) => {
    const { handle, sts, athena, lines } = await hubOver();
    await expect(handle(event)).rejects.toThrow(says);
    expect([...sts.calls, ...athena.journal.calls]).toEqual([]);
    expect(lines).toEqual([expect.objectContaining({ level: 'ERROR', message: LOG_MESSAGES.refused })]);
  });

  it('is refused where no organization is configured', async () => {
    const { handle } = await hubOver({ settings: { organization: null } });
    await expect(handle({ target })).rejects.toThrow('organization: found nothing');
  });

  it('narrows the workgroups of a target too', async () => {
    const { handle } = await hubOver();
    expect(await handle({ target, workgroups: ['other'] })).toEqual({
      accountId: ACCOUNT,
      ...{ swept: 1, notReached: 1, calls: 1 },
    });
  });
});
