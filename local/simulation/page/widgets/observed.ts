import { type AlarmHistory, alarmHistories } from '../../cloudwatch/alarms.js';
import type { Row } from '../../cloudwatch/log-expression.js';
import type { MetricStore, TimeRange } from '../../cloudwatch/metric-store.js';
import { PROFILES } from '../../people/profiles.js';
import { insightsRows, logLines } from '../../run/log-lines.js';
import { metricsOf } from '../../run/metrics.js';
import { addDpuCounts } from '../../run/session-metrics.js';
import type { SimulatedDay } from '../../run/simulated-day.js';
import { MIDNIGHT } from '../../time.js';

/** What CloudWatch would know of a simulated day. */
export interface Observed {
  readonly range: TimeRange;
  readonly metrics: MetricStore;
  readonly logRows: readonly Row[];
  /** By ARN. */
  readonly alarms: ReadonlyMap<string, AlarmHistory>;
}

export function observe({ withReaper, deployment, options: { profile } }: SimulatedDay): Observed {
  const { sweeps, endedAt, lives } = withReaper;
  const range = { from: MIDNIGHT, to: endedAt };
  const metrics = metricsOf(sweeps, deployment);
  addDpuCounts(lives, PROFILES[profile].workgroups, metrics);
  return {
    range,
    metrics,
    logRows: insightsRows(logLines(sweeps)),
    alarms: alarmHistories(deployment.resources, metrics, range),
  };
}
