import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { servedAthena, sweepAt } from '../support/athena.js';

describe('a sweep', () => {
  it('that lists 10,000 sessions over 100 workgroups does not pile up in memory', async () => {
    const { url, region } = await servedAthena({ journal: 'counts' });
    for (let n = 0; n < 100; n += 1) {
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
            if (listed % 40 === 20) used.push(heapUsed());
          },
        },
      },
    );
    expect(report.counts).toMatchObject({ listed: 10_000, kept: 10_000 });
    // What 2,000 sessions have left behind, then 6,000, then all.
    const [few = expect.fail('nothing was measured'), ...more] = used;
    expect((Math.max(...more) - few) / 1024 ** 2).toBeLessThan(2);
  });
});

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Bytes that are really in use: what only waits to be collected does not count. */
function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
