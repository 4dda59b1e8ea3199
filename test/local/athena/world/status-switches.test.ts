/** What a world shows of the status of a session, over HTTP, for the real SDK. */
import { describe, expect, test } from 'vitest';
import { minutes } from '../fixture.js';
import { sessionIn } from './session-in.js';

describe('lastModified', () => {
  test.each([
    ['moves', 45],
    ['stands', 60],
  ] as const)('%s', async (lastModified, minutesAgo) => {
    const { clock, listed, got } = await sessionIn({ lastModified }, { minutesInState: 45, ageMinutes: 60 });
    const expected = new Date(clock.now() - minutes(minutesAgo));
    expect((await listed())?.LastModifiedDateTime).toEqual(expected);
    expect((await got())?.LastModifiedDateTime).toEqual(expected);
  });
});

describe('idleSince', () => {
  test.each([
    ['filled', true, true],
    ['empty', false, false],
    ['only-in-get-session', false, true],
  ] as const)('%s', async (idleSince, inListing, inGetSession) => {
    const { region, client, SessionId, listed, got } = await sessionIn({ idleSince });
    expect((await listed())?.IdleSinceDateTime !== undefined).toBe(inListing);
    expect((await got())?.IdleSinceDateTime !== undefined).toBe(inGetSession);
    const { Status } = await client.getSessionStatus({ SessionId });
    expect(Status).toEqual(await got());
    const pyspark = region.putSession({ workGroup: 'etl' });
    expect((await listed('etl'))?.IdleSinceDateTime).toBeDefined();
    expect((await got(pyspark))?.IdleSinceDateTime).toBeDefined();
  });
});

describe('listedInstants', () => {
  test.each([
    ['milliseconds', 0],
    ['whole-seconds', 789],
  ] as const)('%s', async (listedInstants, cutOffMs) => {
    const { clock, region, listed, got } = await sessionIn({ listedInstants });
    await clock.advance(789);
    region.createWorkgroup({ name: 'later' });
    const id = region.putSession({ workGroup: 'later', minutesInState: 45 });
    const truth = await got(id);
    expect(truth?.IdleSinceDateTime).toEqual(new Date(clock.now() - minutes(45)));
    const shown = await listed('later');
    for (const member of ['StartDateTime', 'LastModifiedDateTime', 'IdleSinceDateTime'] as const) {
      expect(Number(truth?.[member]) - Number(shown?.[member])).toBe(cutOffMs);
    }
  });
});
