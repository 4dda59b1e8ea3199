import { Duration } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { notCatchingUp } from '../../lib/alarms/catching-up.js';
import { readReaperConfig } from '../../lib/config/config.js';
import { sweepTiming } from '../../lib/schedule/sweep-timing.js';
import { evaluateAlarm } from '../../local/simulation/cloudwatch/alarm.js';
import { MetricStore } from '../../local/simulation/cloudwatch/metric-store.js';
import { asDeployed } from '../support/alarms.js';
import { someOf } from '../support/property-share.js';
import { INTERVAL_MINUTES, sweepMany, TIMEOUT_MS } from './many-workgroups.js';
import { alarmsOn } from './play/alarms-on.js';
import { countsOf, metricOf } from './play/observed.js';
import type { Observation } from './play/simulation.js';

const NEAR_TIMEOUT_MS = 0.85 * TIMEOUT_MS;

function look(seen: Observation) {
  const listed = seen.exchanges.flatMap(({ operation, input, output }) =>
    operation === 'ListSessions' && output !== undefined ? [String(input.WorkGroup)] : [],
  );
  const { waiting, terminated, workgroups } = countsOf(seen);
  return { seen, listed, waiting, terminated, workgroups, elapsedMs: seen.elapsedMs };
}

/** Of the two sessions of each workgroup in use, the second is due after 30 minutes. */
function ended({ workgroups, sweeps }: { readonly workgroups: number; readonly sweeps: number }): number {
  const inUse = Math.ceil(workgroups / 20);
  return sweeps * INTERVAL_MINUTES > 30 ? 2 * inUse : inUse;
}

describe('more workgroups than a sweep can list', { timeout: 120_000 }, () => {
  it.each(
    someOf([
      { workgroups: 60, ratePerSecond: 1, catchesUpIn: 2, sweeps: 4 },
      // What was listed first is listed again from the seventh sweep on.
      { workgroups: 200, ratePerSecond: 1, catchesUpIn: 5, sweeps: 8 },
      { workgroups: 100, ratePerSecond: 5, catchesUpIn: 1, sweeps: 3 },
      { workgroups: 300, ratePerSecond: 5, catchesUpIn: 2, sweeps: 8 },
      { workgroups: 1_000, ratePerSecond: 5, catchesUpIn: 5, sweeps: 8 },
    ]),
  )(
    '$workgroups, at $ratePerSecond calls a second: all are listed within $catchesUpIn sweeps, and then it keeps up',
    async (account) => {
      const { workgroups, catchesUpIn } = account;
      const sweeps = await sweepMany(account, look);
      const catchingUp = sweeps.slice(0, catchesUpIn);
      const after = sweeps.slice(catchesUpIn - 1);

      expect(after.map(({ waiting }) => waiting)).toEqual(after.map(() => 0));
      expect(sweeps.map((sweep) => sweep.workgroups + sweep.waiting)).toEqual(sweeps.map(() => workgroups));
      // None comes a second time before all have come once, but for those with something due.
      expect(new Set(catchingUp.flatMap(({ listed }) => listed)).size).toBe(workgroups);
      expect(sweeps.reduce((sum, { terminated }) => sum + terminated, 0)).toBe(ended(account));
      const alarms = sweeps.flatMap((_, n) => alarmsOn(sweeps.slice(n, n + 3).map(({ seen }) => seen)));
      expect(alarms).toEqual([]);
      expect(Math.max(...sweeps.map(({ elapsedMs }) => elapsedMs))).toBeLessThan(NEAR_TIMEOUT_MS);
    },
  );

  it('are listed in turn where none of them can be left out, so that none starves', async () => {
    const settings = { trust: { lastModified: true } };
    const sweeps = await sweepMany({ workgroups: 36, ratePerSecond: 0.5, sweeps: 5, settings }, look);

    // Each lists more than a third.
    for (const n of [0, 1, 2])
      expect(new Set(sweeps.slice(n, n + 3).flatMap(({ listed }) => listed)).size).toBe(36);
  });

  it('are listed one after the other where each takes several calls, so that each sweep finishes some', async () => {
    const settings = { stuck: { maxAgeMinutes: 600 } };
    const sweeps = await sweepMany({ workgroups: 30, ratePerSecond: 1, sweeps: 4, settings }, look);

    // 49 calls in three quarters of a minute, five for each workgroup.
    for (const { workgroups, waiting } of sweeps.slice(0, 3)) {
      expect(workgroups).toBeGreaterThanOrEqual(8);
      expect(waiting).toBe(30 - workgroups);
    }
    expect(sweeps.at(-1)?.waiting).toBe(0);
  });

  it('raises an alarm after two hours of sweeps each by a new process, by the metrics alone', async () => {
    const sweeps = await sweepMany(
      { workgroups: 15, ratePerSecond: 0.25, sweeps: 26, losesProcess: true },
      ({ startedAt, ...seen }) => ({ startedAt, waiting: metricOf(seen, 'WorkgroupsWaiting') }),
    );
    const store = new MetricStore();
    for (const { startedAt, waiting } of sweeps) {
      const name = {
        namespace: 'AthenaSessionReaper',
        name: 'WorkgroupsWaiting',
        dimensions: { service: 'd' },
      };
      store.add(name, startedAt, [waiting]);
    }
    const [first = 0] = sweeps.map(({ startedAt }) => startedAt);
    const config = readReaperConfig({});
    const alarm = asDeployed(notCatchingUp({ config, deployment: 'd', timing: sweepTiming(config) }));
    const range = { from: first, to: first + sweeps.length * INTERVAL_MINUTES * 60_000 };
    const on = evaluateAlarm(alarm, store, range).filter(({ state }) => state === 'ALARM');

    expect(Math.min(...sweeps.map(({ waiting }) => waiting))).toBeGreaterThan(0);
    expect(on.map(({ from }) => (from - first) / 60_000)).toEqual([Duration.hours(2).toMinutes()]);
  });
});
