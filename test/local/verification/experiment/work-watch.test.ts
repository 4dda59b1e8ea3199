import { expect, test } from 'vitest';
import { WORLD_ANSWERS, type World } from '../../../../local/athena/index.js';
import { recordedWorld } from '../../../../local/verification/recorded-world.js';
import { someOf } from '../../../support/property-share.js';
import { leftIn, startedIn, type VerifiedAccount, verified } from '../../../support/verification.js';

/** Runs two queries in the session after a while, and then says so, or says nothing. */
async function withWork(world: Partial<World>, answer: boolean | undefined, account: VerifiedAccount = {}) {
  let place: Parameters<NonNullable<VerifiedAccount['prepare']>> | undefined;
  const verification = await verified({
    world,
    ...account,
    prepare: (athena, region) => {
      place = [athena, region];
    },
    options: {
      askForWork: async (sessionId, over) => {
        if (place === undefined) throw new Error('no Athena');
        const [{ clock }, region] = place;
        for (let query = 1; query <= 2 && !over.aborted; query += 1) {
          await clock.sleep(20_000, over).catch(() => undefined);
          if (!over.aborted) region.sparkConnectWork(sessionId, { seconds: 30 });
          await clock.sleep(35_000, over).catch(() => undefined);
        }
        return answer;
      },
    },
  });
  return { ...verification, sparkConnectWork: recordedWorld(verification.observations).sparkConnectWork };
}

test.each(someOf(WORLD_ANSWERS.sparkConnectWork))(
  'work over Spark Connect shows %s',
  async (sparkConnectWork) => {
    const seen = await withWork({ sparkConnectWork }, true);
    expect(seen.sparkConnectWork).toBe(sparkConnectWork);
    expect(leftIn(seen.region)).toEqual([]);
  },
);

test.each([false, undefined])(
  'where nobody says that work ran (%s), a session in which nothing moved shows nothing',
  async (answer) => {
    const seen = await withWork({ sparkConnectWork: 'idle-standing' }, answer);
    expect(seen.sparkConnectWork).toBeUndefined();
  },
);

test('where nobody can be asked, what moves is seen all the same, and the wait has an end', async () => {
  const seen = await withWork({ sparkConnectWork: 'idle-moving' }, undefined);
  expect(seen.sparkConnectWork).toBe('idle-moving');
  const [session] = startedIn(seen.region);
  const seconds = (Number(session?.history.at(-1)?.at) - Number(session?.startedAt)) / 1_000;
  expect(seconds).toBeGreaterThan(600);
  expect(seconds).toBeLessThan(700);
});

test('without IdleSinceDateTime a session that stays IDLE shows nothing', async () => {
  const seen = await withWork({ sparkConnectWork: 'idle-standing', idleSince: 'empty' }, true);
  expect(seen.sparkConnectWork).toBeUndefined();
});

test('PySpark engine version 3 has no Spark Connect, and nobody is asked', async () => {
  const seen = await withWork({}, true, { engine: 'PySpark engine version 3' });
  expect(seen.observations.work).toEqual({
    kind: 'not asked',
    why: 'PySpark engine version 3 has no Spark Connect',
  });
});
