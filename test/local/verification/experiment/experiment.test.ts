import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_WORLD, WORLD_ANSWERS, type World } from '../../../../local/athena/index.js';
import { recordedWorld } from '../../../../local/verification/recorded-world.js';
import { runs, someOf } from '../../../support/property-share.js';
import {
  leftIn,
  startedIn,
  type VerifiedAccount,
  verified,
  visibleIn,
} from '../../../support/verification.js';
import { worlds } from '../../../support/worlds.js';

/** An account in which all can be seen that an experiment of some minutes can see. */
const REVEALING: VerifiedAccount = {
  tags: { team: 'data' },
  sqlWorkgroup: true,
  degraded: true,
  denyTagged: { key: 'session-reaper:exempt', value: 'true' },
};

const NOT_DEFAULT = Object.entries(WORLD_ANSWERS).flatMap(([name, answers]) =>
  answers.slice(1).map((answer) => ({ name, answer })),
);

/** Says exactly what could be seen; seconds to a tenth of themselves. */
async function expectExactly(world: World, account: VerifiedAccount): Promise<void> {
  const { observations, sessions, region } = await verified({ ...account, world });
  const { secondsToTerminated: measured, ...answers } = recordedWorld(observations);
  const { secondsToTerminated, ...visible } = visibleIn(world, account);
  expect(answers).toEqual(visible);
  expect(measured).toBeGreaterThanOrEqual(secondsToTerminated ?? 0);
  expect(measured).toBeLessThanOrEqual((secondsToTerminated ?? 0) * 1.1 + 0.5);
  expect(sessions.map(({ ended }) => ended)).toEqual(startedIn(region).map(() => true));
  expect(leftIn(region)).toEqual([]);
}

// A Deny by tag and tags that cannot be changed together leave no way to end the session: see below.
const isEndable = (world: World) => world.sessionTags === 'read' || world.denyBySessionTag !== 'holds';

test('in the default world sees what it can, and nothing that it could not see', () =>
  expectExactly(DEFAULT_WORLD, { ...REVEALING, overHttp: true }));

test.each(someOf(NOT_DEFAULT))(
  'sees $name=$answer, and nothing that it could not see',
  async ({ name, answer }) => {
    const world: World = { ...DEFAULT_WORLD, [name]: answer };
    const { denyTagged, ...withoutDeny } = REVEALING;
    await expectExactly(world, isEndable(world) ? REVEALING : withoutDeny);
  },
);

test('names exactly the answers that could be seen, in any world and account', async () => {
  const accounts: fc.Arbitrary<VerifiedAccount> = fc.record({
    engine: fc.constantFrom('Apache Spark version 3.5', 'PySpark engine version 3'),
    tags: fc.constantFrom({}, { team: 'data', stage: 'dev' }),
    sqlWorkgroup: fc.boolean(),
    degraded: fc.boolean(),
    denyTagged: fc.constantFrom(undefined, REVEALING.denyTagged),
  });
  await fc.assert(
    fc.asyncProperty(worlds, accounts, async (world, account) => {
      fc.pre(account.denyTagged === undefined || isEndable(world));
      await expectExactly(world, account);
    }),
    { numRuns: runs(20) },
  );
});

test.each(someOf(WORLD_ANSWERS.defaultIdleTimeout))(
  'sees defaultIdleTimeout=%s where there are 25 minutes for it',
  async (defaultIdleTimeout) => {
    await expectExactly({ ...DEFAULT_WORLD, defaultIdleTimeout }, { options: { withDefaultTimeout: true } });
  },
);
