import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { servedAthena, sweepAt } from '../support/athena.js';

describe('a sweep', () => {
  it('that lists 50,000 sessions over 500 workgroups does not pile up in memory', async () => {
    const { url, region } = await servedAthena({ journal: 'counts' });
    for (let n = 0; n < 500; n += 1) {
      region.createWorkgroup({ name: `wg-${n}` });
      for (let m = 0; m < 100; m += 1) region.putSession({ workGroup: `wg-${n}`, minutesInState: 5 });
    }
    let peak = 0;
    const before = heapUsed();
    const { report } = await sweepAt(
      url,
      {},
      {
        observer: {
          workgroupListed: (_, listed) => {
            if (listed % 150 === 0) peak = Math.max(peak, heapUsed() - before);
          },
        },
      },
    );
    expect(report.counts).toMatchObject({ listed: 50_000, kept: 50_000 });
    expect(peak / 1024 ** 2).toBeLessThan(48);
  });
});

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Bytes that are really in use: what only waits to be collected does not count. */
function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
