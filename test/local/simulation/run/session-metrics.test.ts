import { expect, it } from 'vitest';
import { MetricStore } from '../../../../local/simulation/cloudwatch/metric-store.js';
import type { SessionLife } from '../../../../local/simulation/run/session-life.js';
import { addDpuCounts } from '../../../../local/simulation/run/session-metrics.js';
import { MINUTE } from '../../../../local/simulation/time.js';

function life(sessionId: string, workGroup: string, coordinatorDpus?: number): SessionLife {
  return {
    sessionId,
    plan: {
      ...{ client: 'notebook', workGroup, startsAt: 2, calculations: [] },
      session: coordinatorDpus === undefined ? {} : { coordinatorDpus },
    },
    phases: [
      { state: 'BUSY', from: 2 * MINUTE, to: 8 * MINUTE },
      { state: 'IDLE', from: 8 * MINUTE, to: 14 * MINUTE },
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
  expect(store.series(metric, 'Maximum', 5 * MINUTE, { from: 0, to: 60 * MINUTE })).toEqual([
    { at: 5 * MINUTE, value: 2 },
    { at: 10 * MINUTE, value: 2 },
  ]);
});
