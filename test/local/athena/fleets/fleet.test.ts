import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SessionState } from '@aws-sdk/client-athena';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DEMO_FLEET, FleetError, parseFleet, placeFleet, readFleet } from '../../../../local/athena/index.js';
import { embedded, minutes } from '../fixture.js';

function mistakesIn(fleet: unknown): string[] {
  try {
    parseFleet(fleet, 'my.json');
  } catch (error) {
    if (!(error instanceof FleetError)) throw error;
    const [title, ...mistakes] = error.message.split('\n');
    expect(title).toBe('my.json is not a fleet:');
    return mistakes.map((line) => line.trim());
  }
  return [];
}

describe('a fleet', () => {
  test('comes into a Region with its workgroups, tags, and sessions at their ages', async () => {
    const { client, region, clock } = await embedded();
    const fleet = parseFleet({
      workgroups: [
        {
          name: 'night',
          engine: 'Apache Spark version 3.5',
          state: 'DISABLED',
          tags: { team: 'data' },
          sessions: [
            { sessionId: 'a', minutesInState: 45, ageMinutes: 50, idleTimeoutMinutes: 480, description: 'x' },
            { sessionId: 'b', idleSince: 'missing' },
            { sessionId: 'c', idleSince: { inMinutes: 15 } },
          ],
        },
      ],
    });
    placeFleet(region, fleet);
    const { Sessions = [] } = await client.listSessions({ WorkGroup: 'night' });
    const idleSince = new Map(
      Sessions.map(({ SessionId, Status }) => [SessionId, Status?.IdleSinceDateTime]),
    );
    const ago = (count: number) => new Date(clock.now() - minutes(count));
    expect(idleSince.get('a')).toEqual(ago(45));
    expect(idleSince.get('b')).toBeUndefined();
    expect(idleSince.get('c')).toEqual(ago(-15));
    expect(region.session('a').startedAt).toEqual(ago(50));
  });

  test('that is wrong is refused with every mistake: where, what was found, what is allowed', () => {
    const sessions = [
      { state: 'SLEEPING', minutesInState: -1, colour: 'red' },
      { minutesInState: 30, idleTimeoutMinutes: 20 },
      { minutesInState: 30, ageMinutes: 20 },
      { idleSince: 5 },
    ];
    const sql = { name: 'sql', engine: 'AUTO', sessions: [{}] };
    expect(mistakesIn({ workgroups: [{ name: 'a b', sessions }, sql, 7] })).toEqual([
      'workgroups[0].name: found "a b"; allowed: 1 to 128 letters, digits, ".", "_" or "-"',
      expect.stringMatching(/^workgroups\[0]\.sessions\[0]\.state: found "SLEEPING"; allowed: one of BUSY, /),
      'workgroups[0].sessions[0].minutesInState: found -1; allowed: a number from 0 to 525600',
      expect.stringMatching(
        /^workgroups\[0]\.sessions\[0]\.colour: found .*; allowed: only the keys sessionId, /,
      ),
      'workgroups[0].sessions[1].idleTimeoutMinutes: found 20; allowed: more than minutesInState, which is 30: the session would have ended by itself',
      'workgroups[0].sessions[2].ageMinutes: found 20; allowed: at least minutesInState, which is 30',
      'workgroups[0].sessions[3].idleSince: found 5; allowed: "missing" or { "inMinutes": number }',
      expect.stringMatching(
        /^workgroups\[1]\.sessions: found \[.*]; allowed: an empty list, because "AUTO" has no sessions/,
      ),
      expect.stringMatching(/^workgroups\[2]: found 7; allowed: an object with name, /),
    ]);
  });

  test('names no workgroup and no session twice', () => {
    const twice = { name: 'x', sessions: [{ sessionId: 's' }] };
    expect(mistakesIn({ workgroups: [twice, twice] })).toEqual([
      'workgroups[1].name: found "x"; allowed: a name that no workgroup above it has',
      'workgroups[1].sessions[0].sessionId: found "s"; allowed: an id that no session above it has',
    ]);
  });

  test.each([
    [[], 'the whole file: found []; allowed: an object with workgroups'],
    [{}, 'workgroups: found nothing; allowed: a list of workgroups'],
  ])('is not %o', (json, mistake) => {
    expect(mistakesIn(json)).toEqual([mistake]);
  });

  test('comes from a file, and a file that cannot be read is named', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fleet-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const path = join(folder, 'broken.json');
    await writeFile(path, '{"workgroups":');
    await expect(readFleet(path)).rejects.toThrow(/broken\.json: found broken JSON .*; allowed: a JSON file/);
    await expect(readFleet(join(folder, 'none.json'))).rejects.toThrow(/none\.json: cannot be read .*ENOENT/);
  });
});

describe('the demo fleet', () => {
  test('has what a reaper meets', async () => {
    const { region, client } = await embedded();
    placeFleet(region, await readFleet(DEMO_FLEET));
    const sessions = region.sessions();
    expect(sessions.length).toBeGreaterThanOrEqual(25);
    expect(new Set(sessions.map(({ state }) => state))).toEqual(new Set(Object.values(SessionState)));
    const { WorkGroups = [] } = await client.listWorkGroups({});
    const engines = WorkGroups.map(({ EngineVersion }) => EngineVersion?.EffectiveEngineVersion);
    expect(engines).toContain('Athena engine version 3');
    expect(WorkGroups.map(({ State }) => State)).toContain('DISABLED');
  });

  test('is still there when somebody has watched it for a quarter of an hour', async () => {
    const { region, clock } = await embedded();
    placeFleet(region, await readFleet(DEMO_FLEET));
    const idle = () => region.sessions().filter(({ state }) => state === 'IDLE').length;
    const before = idle();
    await clock.advance(minutes(15));
    expect(idle()).toBe(before);
  });
});
