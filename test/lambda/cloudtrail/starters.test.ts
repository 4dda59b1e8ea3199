import { beforeEach, describe, expect, it, vi } from 'vitest';
import { eventHistory } from '../../../lambda/cloudtrail/event-history.js';
import { startersOf } from '../../../lambda/cloudtrail/starters.js';
import { LOG_MESSAGES } from '../../../lambda/contract/telemetry.js';
import { REGION, servedAthena, sweepAt } from '../../support/athena.js';
import { type StartEvent, servedEventHistory } from '../../support/event-history.js';
import { hurryTime } from '../../support/hurried-time.js';

const ROLE = 'arn:aws:iam::111122223333:role/spark';
const ADA = 'arn:aws:sts::111122223333:assumed-role/Analysts/ada@example.com';

type Line = readonly [level: string, message: string, fields: Record<string, unknown>];
let lines: Line[] = [];
const write = (level: string) => (message: string, fields: Record<string, unknown>) => {
  lines.push([level, message, fields]);
};
const logger = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };

beforeEach(() => {
  lines = [];
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'loopback-only');
  return () => vi.unstubAllEnvs();
});

/** Sessions that a sweep ends, each with its tags, and what CloudTrail has of their starts. */
async function account(sessions: readonly Record<string, string>[]) {
  const { url, region, athena } = await servedAthena();
  region.createWorkgroup({ name: 'etl' });
  const ids = sessions.map((tags) =>
    region.putSession({ workGroup: 'etl', minutesInState: 60, executionRole: ROLE, tags }),
  );
  const started = (id: string): StartEvent => ({ sessionId: id, at: region.session(id).startedAt, arn: ADA });
  return { url, athena, ids, events: ids.map(started) };
}

function sweepAndAsk(url: string, stop = new AbortController().signal) {
  const history = eventHistory();
  return sweepAt(url, {}, { startersOf: (ended) => startersOf(ended, history, logger, stop) });
}

describe('whoever started a session that was ended', () => {
  it('is its owner in report and log where no tag names one', async () => {
    const { url, ids, events } = await account([{}]);
    const { calls } = await servedEventHistory(events);
    const { report } = await sweepAndAsk(url);
    const named = { owner: 'Analysts/ada@example.com', ownerFrom: 'cloudtrail' };
    expect(report.sessions).toMatchObject([{ outcome: 'terminated', ...named }]);
    expect(lines).toEqual([
      ['info', LOG_MESSAGES.starterFound, { sessionId: ids[0], region: REGION, ...named }],
    ]);
    expect(calls).toHaveLength(1);
  });

  it('is asked for once per session, no more than twice a second', async () => {
    hurryTime();
    const { url, events } = await account([{}, {}, {}]);
    const { calls } = await servedEventHistory(events);
    await sweepAndAsk(url);
    expect(calls).toHaveLength(3);
    const [first = 0, , third = 0] = calls;
    expect(third - first).toBeGreaterThanOrEqual(990);
  });

  it('is not asked for where a tag names the owner, and of sessions that were not ended', async () => {
    const { url, athena } = await account([{ Owner: 'ada' }, { 'session-reaper:exempt': 'true' }]);
    athena.region(REGION).putSession({ workGroup: 'etl', minutesInState: 5 });
    const { calls } = await servedEventHistory([]);
    expect((await sweepAndAsk(url)).report.counts).toMatchObject({ terminated: 1, spared: 1, kept: 1 });
    expect(calls).toEqual([]);
  });

  it.each<[string, Partial<StartEvent>]>([
    ['of another session', { sessionId: 'another' }],
    ['of Session Manager', { eventSource: 'ssm.amazonaws.com' }],
    ['that is no JSON', { raw: '{' }],
    [
      'without an answer',
      { raw: JSON.stringify({ eventSource: 'athena.amazonaws.com', responseElements: null }) },
    ],
    ['of another time', { at: new Date('2026-01-01') }],
  ])('is not taken from an event %s', async (_what, members) => {
    const { url, events } = await account([{}]);
    await servedEventHistory(events.map((event) => ({ ...event, ...members })));
    expect((await sweepAndAsk(url)).report.sessions).toMatchObject([{ owner: 'spark', ownerFrom: 'role' }]);
    expect(lines).toEqual([]);
  });

  it.each([
    ['arn:aws:iam::111122223333:user/people/ada', 'people/ada'],
    ['arn:aws:iam::111122223333:root', 'arn:aws:iam::111122223333:root'],
    [
      `arn:aws:sts::111122223333:assumed-role/\u001b[31m\u202e${'x'.repeat(300)}`,
      expect.stringMatching(/^\[31m x+ … x+$/),
    ],
  ])('is named by %j as plain text', async (arn, owner) => {
    const { url, events } = await account([{}]);
    await servedEventHistory(events.map((event) => ({ ...event, arn })));
    expect((await sweepAndAsk(url)).report.sessions).toMatchObject([{ owner }]);
    expect(JSON.stringify(lines)).not.toMatch(/\\u001b|\u202e/);
  });

  it('is named by the user name where the event has no ARN', async () => {
    const { url, events } = await account([{}]);
    const rawOf = ({ sessionId }: StartEvent) =>
      JSON.stringify({
        eventSource: 'athena.amazonaws.com',
        userIdentity: { userName: 'ada' },
        responseElements: { SessionId: sessionId },
      });
    await servedEventHistory(events.map((event) => ({ ...event, raw: rawOf(event) })));
    expect((await sweepAndAsk(url)).report.sessions).toMatchObject([
      { owner: 'ada', ownerFrom: 'cloudtrail' },
    ]);
  });

  it('is left out after the first refusal, which the log has', async () => {
    hurryTime();
    const { url, events } = await account([{}, {}, {}]);
    const { calls } = await servedEventHistory(events, { code: 'AccessDeniedException', from: 2 });
    const { report } = await sweepAndAsk(url);
    expect(report.complete).toBe(true);
    expect(report.sessions.filter(({ ownerFrom }) => ownerFrom === 'cloudtrail')).toHaveLength(1);
    expect(calls).toHaveLength(2);
    expect(lines.at(-1)).toMatchObject(['warn', LOG_MESSAGES.startersLeft, { left: 2, error: 'refused' }]);
  });

  it('is left out when time is up, with the report written all the same', async () => {
    hurryTime();
    const { url, events } = await account([{}, {}]);
    await servedEventHistory(events, 'hangs');
    const { report } = await sweepAndAsk(url, AbortSignal.timeout(300));
    expect(report.counts.terminated).toBe(2);
    expect(lines).toEqual([['warn', LOG_MESSAGES.startersLeft, { left: 2, error: 'out of time' }]]);
  });
});
