/** What Athena itself publishes about sessions. */

import { MINUTE_MS } from '../../../lambda/contract/durations.js';
import type { WorkgroupSpec } from '../../athena/index.js';
import type { MetricStore } from '../cloudwatch/metric-store.js';
import type { SessionLife } from './session-life.js';

const STEP = 5 * MINUTE_MS;

/**
 * `DPUCount` for each session of the workgroups whose engine is documented to publish it, PySpark engine version 3, as
 * if all of them had their metrics switched on: the DPUs of the coordinator, for people here use no others.
 */
export function addDpuCounts(
  lives: readonly SessionLife[],
  workgroups: readonly WorkgroupSpec[],
  store: MetricStore,
): void {
  const silent = new Set(workgroups.flatMap(({ name, engine }) => (engine === undefined ? [] : [name])));
  for (const { sessionId, plan, phases } of lives) {
    const { workGroup, session } = plan;
    if (silent.has(workGroup)) continue;
    const dimensions = { SessionId: sessionId, WorkGroup: workGroup };
    const metric = { namespace: 'AmazonAthenaForApacheSpark', name: 'DPUCount', dimensions };
    const until = phases.at(-1)?.to ?? 0;
    for (let at = Math.ceil((phases[0]?.from ?? until) / STEP) * STEP; at < until; at += STEP)
      store.add(metric, at, [session.coordinatorDpus ?? 1]);
  }
}
