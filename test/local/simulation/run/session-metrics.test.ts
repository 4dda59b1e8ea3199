import { expect, it } from 'vitest';
import { MINUTE_MS } from '../../../../lambda/contract/durations.js';
import { MetricStore } from '../../../../local/simulation/cloudwatch/metric-store.js';
import type { SessionLife } from '../../../../local/simulation/run/session-life.js';
import { addDpuCounts } from '../../../../local/simulation/run/session-metrics.js';

function life(sessionId: string, workGroup: string, coordinatorDpus?: number): SessionLife {
  return {
    sessionId,
    plan: {
      ...{ client: 'notebook', workGroup, startsAt: 2, calculations: [] },
      session: coordinatorDpus === undefined ? {} : { coordinatorDpus },
    },
    phases: [
      { state: 'BUSY', from: 2 * MINUTE_MS, to: 8 * MINUTE_MS },
      { state: 'IDLE', from: 8 * MINUTE_MS, to: 14 * MINUTE_MS },
    ],
    dpuHours: 0.2,
  };
}

it('a session of the engine that publishes DPUs has them every five minutes of its life, and no other session', () => {
  const store = new MetricStore();
  const workgroups = [{ name: 'pyspark' }, { name: 'newer', engine: 'Apache Spark version 3.5' }] as const;
  addDpuCounts([life('a', 'pyspark', 2), life('b', 'newer')], workgroups, store);

  const dimensions = { SessionId: 'a', WorkGroup: 'pyspark' };
  const metric = { namespace: 'AmazonAthenaForApacheSpark', name: 'DPUCount', dimensions };
  expect(store.find(metric.namespace, metric.name, ['SessionId', 'WorkGroup'])).toEqual([metric]);
  expect(store.series(metric, 'Maximum', 5 * MINUTE_MS, { from: 0, to: 60 * MINUTE_MS })).toEqual([
    { at: 5 * MINUTE_MS, value: 2 },
    { at: 10 * MINUTE_MS, value: 2 },
  ]);
});
