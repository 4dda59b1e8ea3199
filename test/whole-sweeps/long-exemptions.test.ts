import { expect, it } from 'vitest';
import { servedAthena, sweepAt } from '../support/athena.js';

const DAY = 1_440;
const EXEMPT = { 'session-reaper:exempt': 'true' };

it('no tag exempts a session for more days than the settings allow', async () => {
  const { url, region } = await servedAthena();
  region.createWorkgroup({ name: 'etl', tags: EXEMPT });
  const young = region.putSession({ workGroup: 'etl', minutesInState: 60, ageMinutes: 3 * DAY - 5 });
  const old = region.putSession({
    workGroup: 'etl',
    minutesInState: 60,
    ageMinutes: 3 * DAY + 5,
    tags: EXEMPT,
  });
  const tags = { enabled: true, prefix: 'session-reaper', unreadable: 'end', maxExemptDays: 3 } as const;
  const { report } = await sweepAt(url, { tags });
  expect(report.counts).toMatchObject({ spared: 1, terminated: 1 });
  expect([region.session(young).state, region.session(old).state]).toEqual(['IDLE', 'TERMINATING']);
});

it('sessions that a tag exempts are counted when they are past their limit by more than a week', async () => {
  const { url, region } = await servedAthena();
  region.createWorkgroup({ name: 'etl' });
  for (const minutesInState of [60, 7 * DAY + 29, 7 * DAY + 31, 30 * DAY]) {
    region.putSession({ workGroup: 'etl', minutesInState, tags: EXEMPT });
  }
  region.putSession({ workGroup: 'etl', minutesInState: 30 * DAY });
  expect((await sweepAt(url)).report.counts).toMatchObject({ spared: 4, terminated: 1, longExempt: 2 });
});
