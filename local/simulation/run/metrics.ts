import { z } from 'zod';
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

const values = z.union([z.number(), z.array(z.number())]).transform((value) => [value].flat());

const embeddedSchema = z.object({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ),
  }),
});

/** Metrics in the embedded metric format: CloudWatch Logs makes metrics of such lines. */
function addEmbedded({ fields }: LogLine, store: MetricStore): void {
  const embedded = embeddedSchema.safeParse(fields);
  if (!embedded.success) return;
  const { Timestamp, CloudWatchMetrics } = embedded.data._aws;
  for (const { Namespace: namespace, Dimensions, Metrics } of CloudWatchMetrics) {
    for (const names of Dimensions) {
      const dimensions = Object.fromEntries(names.map((name) => [name, String(fields[name])]));
      for (const { Name: name } of Metrics) {
        store.add({ namespace, name, dimensions }, Timestamp, values.parse(fields[name]));
      }
    }
  }
}

/** What AWS itself counts. Lambda drops what it cannot start after a minute, and sends it to the queue. */
function addServices(sweeps: readonly Sweep[], deployment: Deployment, store: MetricStore): void {
  const dimensions = { FunctionName: deployment.functionName };
  const ofFunction = (name: string, at: number, value: number) =>
    store.add({ namespace: 'AWS/Lambda', name, dimensions }, at, [value]);
  let deadLetters = 0;
  for (const sweep of sweeps) {
    const failed = sweep.kind === 'ran' && sweep.report === undefined;
    if (sweep.kind === 'refused' || failed) deadLetters += 1;
    ofFunction('Throttles', sweep.at, sweep.kind === 'refused' ? 1 : 0);
    if (sweep.kind === 'ran') {
      ofFunction('Invocations', sweep.at, 1);
      ofFunction('Errors', sweep.at, failed ? 1 : 0);
      ofFunction('Duration', sweep.at, sweep.durationMs);
    }
    store.add(
      {
        namespace: 'AWS/SQS',
        name: 'ApproximateNumberOfMessagesVisible',
        dimensions: { QueueName: deployment.deadLetterQueueName },
      },
      sweep.at,
      [deadLetters],
    );
  }
}
