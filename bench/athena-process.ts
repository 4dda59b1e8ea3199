/** The embedded Athena in a process of its own, over HTTP in real time, with a fleet in it. */
import { EmbeddedAthena, serveAthena } from '../local/athena/index.js';
import { type Fleet, placeFleet, REGION, type Service } from './fleet.js';
import { countsOf } from './simulated-client.js';

export interface AthenaOrder {
  readonly fleet: Fleet;
  readonly service: Service;
}

export type AthenaNews =
  | { readonly kind: 'serving'; readonly url: string }
  | {
      readonly kind: 'seen';
      readonly calls: number;
      readonly throttled: number;
      readonly gapsMs: readonly number[];
    };

process.once('message', async ({ fleet, service }: AthenaOrder) => {
  const athena = new EmbeddedAthena(service);
  placeFleet(athena.region(REGION), fleet);
  const { url, close } = await serveAthena(athena);
  send({ kind: 'serving', url });
  process.once('message', async () => {
    send({ kind: 'seen', ...countsOf(athena), gapsMs: gapsMs(athena) });
    await close();
    process.disconnect();
  });
});

/**
 * From the answer to the last look leaving the service to TerminateSession arriving at it: what the sweep takes
 * in between, and the way there and back, which over loopback is next to nothing.
 */
function gapsMs({ journal }: EmbeddedAthena): readonly number[] {
  const looked = new Map(
    journal.of('GetSession').map(({ sessionId, answeredAt }) => [sessionId, answeredAt]),
  );
  return journal
    .of('TerminateSession')
    .map(({ sessionId, arrivedAt }) => arrivedAt - (looked.get(sessionId) ?? Number.NEGATIVE_INFINITY));
}

function send(news: AthenaNews): void {
  process.send?.(news);
}
