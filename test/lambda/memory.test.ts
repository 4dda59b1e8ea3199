import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { servedAthena, sweepAt } from '../support/athena.js';

describe('a sweep', () => {
  it('that lists 3,000 sessions over 30 workgroups does not pile up in memory', async () => {
    const { url, region } = await servedAthena({ journal: 'counts' });
    for (let n = 0; n < 30; n += 1) {
      region.createWorkgroup({ name: `wg-${n}` });
      for (let m = 0; m < 100; m += 1) region.putSession({ workGroup: `wg-${n}`, minutesInState: 5 });
    }
    const used: number[] = [];
    const { report } = await sweepAt(
      url,
      {},
      {
        observer: {
          workgroupListed: (_, listed) => {
            if (listed === 6 || listed === 30) used.push(heapUsed());
          },
        },
      },
    );
    expect(report.counts).toMatchObject({ listed: 3_000, kept: 3_000 });
    // What 600 sessions have left behind, and then all; a session that is kept takes a kilobyte.
    const [few = Number.NaN, all = Number.NaN] = used;
    expect((all - few) / 1024 ** 2).toBeLessThan(1.2);
  });
});

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Bytes that are really in use: what only waits to be collected does not count. */
function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
