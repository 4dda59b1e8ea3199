import { expect, test } from 'vitest';
import { DEFAULT_ACCOUNT, DEFAULT_WORLD, parseWorld } from '../../../local/athena/index.js';
import { recordedWorld } from '../../../local/verification/recorded-world.js';
import { recordedWorlds } from '../../support/recorded-worlds.js';
import { startedIn, verified, WORKGROUP } from '../../support/verification.js';

test('a recorded world is one for the embedded Athena, and holds no id, account or name', async () => {
  const world = { lastModified: 'stands', idleSince: 'only-in-get-session' } as const;
  const { observations, region } = await verified({ world, tags: { team: 'data' } });
  const recorded = recordedWorld(observations);
  expect(parseWorld(recorded)).toMatchObject({
    ...DEFAULT_WORLD,
    ...world,
    secondsToTerminated: expect.any(Number),
  });
  const text = JSON.stringify(recorded);
  const secrets = [
    DEFAULT_ACCOUNT,
    WORKGROUP,
    'team',
    ...startedIn(region).map(({ sessionId }) => sessionId),
  ];
  for (const secret of secrets) expect(text).not.toContain(secret);
});

test('what was not seen is left out, and does not pass for an answer', async () => {
  const { observations } = await verified({ engine: 'PySpark engine version 3' });
  const recorded = Object.keys(recordedWorld(observations));
  for (const open of ['idleSince', 'workgroupTags', 'sqlListing', 'sparkConnectWork', 'defaultIdleTimeout'])
    expect(recorded).not.toContain(open);
});

test('a recorded world, embedded again, gives the same answers', async () => {
  for (const { world } of recordedWorlds()) {
    const { observations } = await verified({
      world,
      tags: { team: 'data' },
      sqlWorkgroup: true,
      degraded: true,
    });
    const { secondsToTerminated, ...answers } = recordedWorld(observations);
    expect(world).toMatchObject(answers);
    expect(secondsToTerminated).toBeCloseTo(world.secondsToTerminated, -1);
  }
});
