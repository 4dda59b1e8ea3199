import * as v from 'valibot';
import { MetricStore } from '../cloudwatch/metric-store.js';
import type { Deployment } from './deployment.js';
import { type LogLine, logLines } from './log-lines.js';
import type { Sweep } from './scheduled-reaper.js';

/** What CloudWatch would hold after these sweeps: the function's own metrics, Lambda's and those of the queue. */
export function metricsOf(sweeps: readonly Sweep[], deployment: Deployment): MetricStore {
  const store = new MetricStore();
  for (const line of logLines(sweeps)) addEmbedded(line, store);
  addServices(sweeps, deployment, store);
  return store;
}

const values = v.pipe(
  v.union([v.number(), v.array(v.number())]),
  v.transform((value) => [value].flat()),
);

const embeddedSchema = v.object({
  _aws: v.object({
    Timestamp: v.number(),
    CloudWatchMetrics: v.array(
      v.object({
        Namespace: v.string(),
        Dimensions: v.array(v.array(v.string())),
        Metrics: v.array(v.object({ Name: v.string() })),
      }),
    ),
  }),
});

/** Metrics in the embedded metric format: CloudWatch Logs makes metrics of such lines. */
function addEmbedded({ fields }: LogLine, store: MetricStore): void {
  const embedded = v.safeParse(embeddedSchema, fields);
  if (!embedded.success) return;
  const { Timestamp, CloudWatchMetrics } = embedded.output._aws;
  for (const { Namespace: namespace, Dimensions, Metrics } of CloudWatchMetrics) {
    for (const names of Dimensions) {
      const dimensions = Object.fromEntries(names.map((name) => [name, String(fields[name])]));
      for (const { Name: name } of Metrics) {
        store.add({ namespace, name, dimensions }, Timestamp, v.parse(values, fields[name]));
      }
    }
  }
}

/** What AWS itself counts. Lambda drops what it cannot start after a minute, and sends it to the queue. */
function addServices(sweeps: readonly Sweep[], deployment: Deployment, store: MetricStore): void {
  const dimensions = { FunctionName: deployment.functionName };
  const ofFunction = (name: string, at: number, value: number) =>
    store.add({ namespace: 'AWS/Lambda', name, dimensions }, at, [value]);
  for (const sweep of sweeps) {
    const failed = sweep.kind === 'ran' && sweep.report === undefined;
    ofFunction('Throttles', sweep.at, sweep.kind === 'refused' ? 1 : 0);
    if (sweep.kind === 'ran') {
      ofFunction('Invocations', sweep.at, 1);
      ofFunction('Errors', sweep.at, failed ? 1 : 0);
      ofFunction('Duration', sweep.at, sweep.durationMs);
    }
    store.add(
      {
        namespace: 'AWS/SQS',
        name: 'NumberOfMessagesSent',
        dimensions: { QueueName: deployment.deadLetterQueueName },
      },
      sweep.at,
      [sweep.kind === 'refused' || failed ? 1 : 0],
    );
  }
}
