import type { Athena } from '@aws-sdk/client-athena';
import { describe, expect, test } from 'vitest';
import type { EmbeddedAthenaOptions } from '../../../local/athena/index.js';
import { embedded, errorOf, inProcess, minutes } from './fixture.js';

describe.each([
  ['over HTTP', embedded],
  ['in process', async (options: EmbeddedAthenaOptions) => inProcess(options)],
] as const)("the service's clock %s", (_, start) => {
  test.each([0, minutes(7), -minutes(7)])(
    'is ahead of the caller by %i milliseconds, in instants and in the Date header',
    async (clockOffsetMs) => {
      const { clock, client, region } = await start({ clockOffsetMs });
      const SessionId = region.putSession({ workGroup: 'etl', minutesInState: 45 });
      const dates = datesSeenBy(client);
      const { Status } = await client.getSession({ SessionId });
      expect(Status?.IdleSinceDateTime?.getTime()).toBe(clock.now() + clockOffsetMs - minutes(45));
      await errorOf(client.getSession({ SessionId: 'nobody' }));
      const date = new Date(clock.now() + clockOffsetMs).toUTCString();
      expect(dates).toEqual([date, date]);
    },
  );
});

/** The Date headers of the answers that a client gets from now on. */
function datesSeenBy(client: Athena): unknown[] {
  const dates: unknown[] = [];
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers } = Object(result.response);
      dates.push(headers.date);
      return result;
    },
    { step: 'deserialize', priority: 'low' },
  );
  return dates;
}
