/** The sum of a sweep, and what is known of one that was given up, over HTTP with the real clients. */
import { afterEach, describe, expect, it } from 'vitest';
import { LOG_MESSAGES, TOTAL_LOG_FIELDS } from '../../../lambda/contract/telemetry.js';
import { hurryTime } from '../../support/hurried-time.js';
import { type Hub, type HubOptions, startHub } from '../../support/organization/hub.js';

const ACCOUNT = '222222222222';
const OTHER = '333333333333';
const REGION = 'us-east-1';
const target = { accountId: ACCOUNT, region: REGION };
const summary = (figures: object, targets: number, startedAt = '2026-03-02T10:00:00.000Z') => ({
  summarize: { startedAt, targets, figures },
});

let hub: Hub | undefined;
afterEach(async () => {
  await hub?.close();
  hub = undefined;
});

async function hubOver(options: Partial<HubOptions> = {}): Promise<Hub> {
  hub = await startHub({ accounts: [ACCOUNT, OTHER], ...options });
  for (const account of [ACCOUNT, OTHER]) hub.athena.region(REGION, account).createWorkgroup({ name: 'etl' });
  return hub;
}

/** @returns the id of a session that is due. */
function dueSession({ athena }: Hub, account: string, minutesInState: number): string {
  return athena
    .region(REGION, account)
    .putSession({ workGroup: 'etl', minutesInState, idleTimeoutMinutes: 240 });
}

const logged = ({ lines }: Hub, message: string) => lines.filter((line) => line.message === message);
const emf = ({ lines }: Hub) => lines.filter((line) => '_aws' in line);

describe('the sum of all targets', () => {
  it('is emitted as the metrics of one sweep, and logged as one', async () => {
    const running = await hubOver();
    const figures = {
      ...{ swept: 7, notSwept: 1, workgroups: 9, notListed: 1, listed: 40, kept: 30, due: 10 },
      ...{ terminated: 8, spared: 1, failed: 1, dpuHours: 12.5, calls: 90, throttledCalls: 3 },
      ...{ oldestOverdue: 1_800, 'returned:TERMINATING': 8, accountsReached: 4, accountsNotReached: 1 },
    };
    const begun = Date.now();
    const report = await running.handle(summary(figures, 10));
    expect(Object(report).durationMs).toBeGreaterThanOrEqual(begun - Date.parse('2026-03-02T10:00:00.000Z'));
    expect(Object(report).durationMs).toBeLessThan(begun);
    expect(report).toMatchObject({
      startedAt: '2026-03-02T10:00:00.000Z',
      complete: false,
      // One target refused, and of two more nothing was heard.
      counts: { workgroups: 9, notListed: 3, listed: 40, terminated: 8, failed: 1, deferred: 0 },
      returnedStates: { TERMINATING: 8 },
      saved: { dpuHours: 12.5, cost: 4.375 },
    });
    expect(emf(running)).toEqual([
      expect.objectContaining({
        // Each target has counted its own.
        SessionsTerminated: 0,
        DpuHoursSaved: 0,
        SweepComplete: 0,
        PlacesNotListed: 3,
        OldestOverdue: 1_800,
      }),
    ]);
    expect(logged(running, LOG_MESSAGES.sweep)).toEqual([
      expect.objectContaining({ targets: 10, targetsNotSwept: 3, accountsReached: 4, accountsNotReached: 1 }),
    ]);
    for (const field of TOTAL_LOG_FIELDS)
      expect(logged(running, LOG_MESSAGES.sweep)[0]).toHaveProperty(field);
    expect(logged(running, LOG_MESSAGES.regionNotListed)).toContainEqual(
      expect.objectContaining({ region: 'all', error: expect.stringContaining('2 accounts times regions') }),
    );
  });

  it('is stamped when it is emitted, so that alarms still look there', async () => {
    const running = await hubOver();
    const before = Date.now();
    await running.handle(summary({ swept: 4, workgroups: 4 }, 4));
    const [{ _aws } = {}] = emf(running);
    expect(Object(_aws).Timestamp).toBeGreaterThanOrEqual(before);
  });

  it('is counted once where Lambda delivers it twice', async () => {
    const running = await hubOver();
    const event = summary({ swept: 4, terminated: 2 }, 4);
    expect(await running.handle(event)).toMatchObject({ counts: { terminated: 2 } });
    expect(await running.handle(event)).toEqual({});
    expect(emf(running)).toHaveLength(1);
    expect(logged(running, LOG_MESSAGES.sumRepeated)).toHaveLength(1);
  });

  it('is complete where every target was swept and nothing failed', async () => {
    const { handle } = await hubOver();
    expect(await handle(summary({ swept: 4, listed: 2, kept: 2 }, 4))).toMatchObject({ complete: true });
  });
});

describe('the sessions of a sweep', () => {
  const startedAt = () => new Date(Date.now() - 1).toISOString();
  const figures = { swept: 2, listed: 2, due: 2, terminated: 2, news: 2, dpuHours: 5 };

  async function swept(running: Hub) {
    const ids = [dueSession(running, ACCOUNT, 60), dueSession(running, OTHER, 90)];
    const start = startedAt();
    for (const accountId of [ACCOUNT, OTHER]) await running.handle({ target: { ...target, accountId } });
    return { ids, start };
  }

  it('are named, those longest past their limit first, each with its account and the command that spares it', async () => {
    const running = await hubOver();
    const { ids, start } = await swept(running);
    const report = Object(await running.handle(summary(figures, 2, start)));
    expect(report.sessions).toMatchObject([
      { accountId: OTHER, sessionId: ids[1], outcome: 'terminated', minutes: expect.closeTo(90, 0) },
      { accountId: ACCOUNT, sessionId: ids[0], outcome: 'terminated', minutes: expect.closeTo(60, 0) },
    ]);
    expect(report.sessionsOmitted).toBe(0);
    const lines = report.digest.filter((line: string) => line.startsWith('Ended'));
    expect(lines[0]).toContain(
      `Ended: session ${ids[1]} of workgroup etl in ${REGION} of account ${OTHER}, `,
    );
    expect(lines[0]).toContain(
      `--resource-arn arn:aws:athena:${REGION}:${OTHER}:workgroup/etl/session/${ids[1]} --tags `,
    );
    expect(lines).toHaveLength(2);
  });

  it('are looked for again where the log does not show them yet', async () => {
    hurryTime();
    const running = await hubOver({ ownLog: { late: 2 } });
    const { start } = await swept(running);
    expect(await running.handle(summary(figures, 2, start))).toMatchObject({ sessions: [{}, {}] });
    expect(running.ownLog.queries.length).toBeGreaterThan(2);
    expect(logged(running, LOG_MESSAGES.ownLogUnread)).toEqual([]);
  });

  it('are counted as left out where there is no room or time, or where the log cannot be read', async () => {
    hurryTime();
    const running = await hubOver({ ownLog: { code: 'AccessDeniedException' } });
    const { start } = await swept(running);
    const report = Object(await running.handle(summary(figures, 2, start), 9_000));
    expect(report).toMatchObject({ counts: { terminated: 2 }, sessions: [], sessionsOmitted: 2 });
    expect(report.digest[0]).toContain('ended 2 sessions');
    expect(logged(running, LOG_MESSAGES.ownLogUnread)).toEqual([
      expect.objectContaining({ error: expect.any(String) }),
    ]);
  });

  it('are not looked for where nothing happened to any', async () => {
    const running = await hubOver();
    await running.handle(summary({ swept: 2, listed: 7, kept: 7 }, 2));
    expect(running.ownLog.queries).toEqual([]);
  });

  it('and their figures are those of the log where a group was lost that had ended them', async () => {
    const running = await hubOver();
    const { start } = await swept(running);
    // Of the second target nothing came back to the state machine.
    const heard = { swept: 1, listed: 1, due: 1, terminated: 1, news: 1, accountsReached: 1 };
    expect(await running.handle(summary(heard, 2, start))).toMatchObject({
      complete: true,
      counts: { listed: 2, terminated: 2 },
      saved: { dpuHours: expect.closeTo(5.5, 1) },
      organization: { targets: 2, targetsNotSwept: 0, accountsReached: 1 },
      sessions: [{}, {}],
    });
  });

  it('that a target did not finish are missing in the figures, and the target counts as not swept', async () => {
    const running = await hubOver();
    const { start } = await swept(running);
    const heard = { swept: 2, listed: 2, due: 2, terminated: 2, news: 2, accountsReached: 2 };
    expect(await running.handle(summary(heard, 3, start))).toMatchObject({
      complete: false,
      counts: { terminated: 2, notListed: 1 },
      organization: { targets: 3, targetsNotSwept: 1 },
    });
  });
});

describe('a sweep that was given up', () => {
  const givenUp = (status: string, startedAt: number) => ({
    givenUp: { status, startedAt, stoppedAt: Date.now() },
  });

  it.each([
    ['ABORTED', 'stopped', 'Somebody stopped the sweep before it was over'],
    ['TIMED_OUT', 'timed-out', 'The sweep lasted too long and was given up'],
  ])('as %s is reported with what it ended, as far as its targets came', async (status, why, error) => {
    const running = await hubOver();
    const id = dueSession(running, ACCOUNT, 60);
    const start = Date.now();
    await running.handle({ target });
    const before = emf(running).length;
    const report = Object(await running.handle(givenUp(status, start), 9_000));
    expect(report).toMatchObject({
      startedAt: new Date(start).toISOString(),
      complete: false,
      counts: { terminated: 1, news: 1, notListed: 1 },
      organization: { targets: 1, targetsNotSwept: 0, givenUp: why },
      notListed: [{ region: 'all', error }],
      sessions: [{ accountId: ACCOUNT, sessionId: id }],
    });
    expect(report.digest).toContain('Until then it had swept 1 target (an account in a region).');
    expect(report.digest.join('\n')).toContain(`Ended: session ${id} `);
    // The target has counted what it ended, and Step Functions that the sweep failed.
    expect(emf(running)).toHaveLength(before);
    expect(logged(running, LOG_MESSAGES.sweep)).toEqual([
      expect.objectContaining({ complete: false, givenUp: why }),
    ]);
  });

  it('is reported when the targets have answered that were under way', async () => {
    hurryTime();
    const running = await hubOver();
    const id = dueSession(running, ACCOUNT, 60);
    const reporting = running.handle(givenUp('ABORTED', Date.now()), 22_000);
    await running.handle({ target });
    expect(await reporting).toMatchObject({ sessions: [{ sessionId: id }], counts: { terminated: 1 } });
  });

  it('has the mode that its targets had, and nothing of other sweeps', async () => {
    const running = await hubOver();
    dueSession(running, ACCOUNT, 60);
    await running.handle({ target: { ...target, accountId: OTHER } });
    const start = Date.now() + 1;
    await new Promise((resolve) => setTimeout(resolve, 5));
    await running.handle({ target, mode: 'report' });
    expect(await running.handle(givenUp('TIMED_OUT', start))).toMatchObject({
      mode: 'report',
      counts: { wouldTerminate: 1 },
      organization: { targets: 1 },
    });
  });

  it('is reported once, and not where its sum was made already', async () => {
    const running = await hubOver();
    const start = Date.now();
    await running.handle(summary({ swept: 1 }, 1, new Date(start).toISOString()));
    expect(await running.handle(givenUp('TIMED_OUT', start))).toEqual({});
    expect(logged(running, LOG_MESSAGES.sumRepeated)).toHaveLength(1);
  });
});
