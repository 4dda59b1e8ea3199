import type { SessionState } from '@aws-sdk/client-athena';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../../../support/property-share.js';
import { embedded, errorOf, inProcess } from '../fixture.js';

describe('a page token', () => {
  test('is refused by every listing but its own', async () => {
    const { client, region } = await embedded();
    region.createWorkgroup({ name: 'other' });
    for (const workGroup of ['etl', 'other', 'etl']) region.putSession({ workGroup });
    const { NextToken } = await client.listSessions({ WorkGroup: 'etl', MaxResults: 1 });
    expect(NextToken).toBeDefined();
    const strange = [
      client.listSessions({ WorkGroup: 'other', NextToken }),
      client.listSessions({ WorkGroup: 'etl', NextToken, StateFilter: 'IDLE' }),
      client.listWorkGroups({ NextToken }),
    ];
    for (const call of strange) expect(await errorOf(call)).toBe('InvalidRequestException');
    expect((await client.listSessions({ WorkGroup: 'etl', NextToken })).Sessions).toHaveLength(1);
  });

  test('goes on where the page ended, though sessions before and after it came and went', async () => {
    const { client, region } = await embedded();
    for (const ageMinutes of [50, 40, 30, 20]) {
      region.putSession({ workGroup: 'etl', sessionId: `${ageMinutes}`, ageMinutes });
    }
    const first = await client.listSessions({ WorkGroup: 'etl', MaxResults: 2 });
    region.endSession('20');
    region.forgetSession('40');
    region.putSession({ workGroup: 'etl', sessionId: '45', ageMinutes: 45 });
    region.putSession({ workGroup: 'etl', sessionId: '1', ageMinutes: 1 });
    const second = await client.listSessions({ WorkGroup: 'etl', NextToken: first.NextToken });
    const idsOf = (page: typeof first) => page.Sessions?.map(({ SessionId }) => SessionId);
    expect([idsOf(first), idsOf(second)]).toEqual([
      ['20', '30'],
      ['45', '50'],
    ]);
  });
});

const states = fc.constantFrom<SessionState>('IDLE', 'BUSY', 'DEGRADED', 'TERMINATED');
const fleets = fc.array(fc.record({ state: states, ageMinutes: fc.integer({ min: 0, max: 20 }) }), {
  maxLength: 60,
});

test('paging through any fleet gives each session of the listing once, newest first', async () => {
  await fc.assert(
    fc.asyncProperty(
      fleets,
      fc.integer({ min: 1, max: 100 }),
      fc.option(states, { nil: undefined }),
      async (fleet, MaxResults, StateFilter) => {
        const { client, region } = inProcess();
        for (const session of fleet) region.putSession({ workGroup: 'etl', ...session });
        const listed: { id: string | undefined; startedAt: number }[] = [];
        let NextToken: string | undefined;
        do {
          const page = await client.listSessions({ WorkGroup: 'etl', MaxResults, StateFilter, NextToken });
          for (const { SessionId, Status } of page.Sessions ?? []) {
            listed.push({ id: SessionId, startedAt: Status?.StartDateTime?.getTime() ?? 0 });
          }
          NextToken = page.NextToken;
        } while (NextToken !== undefined);
        const expected = region
          .sessions()
          .filter(({ state }) =>
            StateFilter === undefined ? ['IDLE', 'BUSY'].includes(state) : state === StateFilter,
          );
        expect(listed.map(({ id }) => id).toSorted()).toEqual(
          expected.map(({ sessionId }) => sessionId).sort(),
        );
        const starts = listed.map(({ startedAt }) => startedAt);
        expect(starts).toEqual(starts.toSorted((a, b) => b - a));
      },
    ),
    { numRuns: runs(60) },
  );
});
