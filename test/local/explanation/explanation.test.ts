import { expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../../lambda/contract/durations.js';
import { DEFAULT_SETTINGS, type ReaperSettings } from '../../../lambda/contract/settings.js';
import { explain } from '../../../local/explanation/explanation.js';
import { noHurry, servedAthena, sessionsAt } from '../../support/athena.js';
import { settings } from '../../support/sessions.js';

const FIVE_MINUTES_IDLE = { state: 'IDLE', minutesInState: 5, idleTimeoutMinutes: 20 } as const;

/** Explains a session of the embedded Athena, read as the command reads it. */
async function explained(
  put: Parameters<Awaited<ReturnType<typeof servedAthena>>['region']['putSession']>[0],
  changes: Partial<ReaperSettings> = {},
) {
  const { url, region } = await servedAthena();
  region.createWorkgroup({ name: put.workGroup });
  const sessionId = region.putSession(put);
  const service = sessionsAt(url);
  const session = await service.getSession(sessionId, noHurry);
  return explain(session, service, settings(changes), noHurry);
}

test('a session that is not due yet says when it will be, and when its own timeout ends it', async () => {
  const { session, dueAt, endsByItselfAt, decision, ruledBy } = await explained({
    workGroup: 'etl',
    ...FIVE_MINUTES_IDLE,
  });
  const since = session.idleSince?.getTime() ?? 0;
  expect({ action: decision.action, ruledBy }).toEqual({ action: 'keep', ruledBy: 'default' });
  expect(dueAt?.getTime()).toBe(since + DEFAULT_SETTINGS.idleMinutes * MINUTE_MS);
  expect(endsByItselfAt?.getTime()).toBe(since + 20 * MINUTE_MS);
});

test('an exempt session never becomes due, and says from when its tag does not count any more', async () => {
  const ofSession = { [`${DEFAULT_SETTINGS.tags.prefix}:exempt`]: '2999-01-01' };
  const { session, decision, dueAt, exemptionsEnd, tags } = await explained(
    { workGroup: 'etl', minutesInState: 300, tags: ofSession },
    { tags: { ...DEFAULT_SETTINGS.tags, maxExemptDays: 3 } },
  );
  expect({ action: decision.action, dueAt, tags }).toEqual({
    action: 'keep',
    dueAt: undefined,
    tags: { ofSession, ofWorkgroup: {} },
  });
  expect(exemptionsEnd?.getTime()).toBe((session.startedAt?.getTime() ?? 0) + 3 * DAY_MS);
});

test('a workgroup that is not swept gives no time, though its session is past every limit', async () => {
  const { selection, dueAt } = await explained(
    { workGroup: 'etl-core', minutesInState: 300 },
    { workgroups: { include: ['etl-*'], exclude: ['*-core'] } },
  );
  expect(selection).toEqual({
    swept: false,
    include: { globs: ['etl-*'], matchedBy: 'etl-*' },
    exclude: { globs: ['*-core'], matchedBy: '*-core' },
  });
  expect(dueAt).toBeUndefined();
});
