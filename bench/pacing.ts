/** `npm run bench:pacing`: how well the pacer uses what a service gives, in simulated time, and who else notices. */
import Table from 'cli-table3';
import type { Pacer } from '../lambda/athena/pacer.js';
import { boundMs, type Fleet, LARGE, MEDIUM, type Service } from './fleet.js';
import { LIMITED, UNLIMITED } from './measurements.js';
import { type Beside, noticedBeside } from './neighbour.js';
import { pacedCalls } from './paced-calls.js';
import { ADAPTIVE_PACER, evenPacer, SDK_ADAPTIVE } from './pacers.js';
import { simulatedSweep } from './simulated.js';
import { atLeast, atMost, type Target } from './targets.js';

// The SDK warns once per process on Node 20; nobody can act on it while reading a table.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** Far apart, for a generator that begins alike with seeds that are alike. */
const seeds = (count: number) => Array.from({ length: count }, (_, n) => Math.imul(n + 1, 0x9e3779b1));
const SEEDS = seeds(4);
/** Another client's random moments decide more here than anywhere else. */
const SEEDS_OF_SHARES = seeds(12);
const worst = (values: readonly number[]) => Math.max(...values);

const RATE = 5;

/** The worst over all seeds, so that no target is met by luck. */
async function usedTarget(what: string, burst: number, others: number): Promise<Target> {
  const ours = await leastUsed(ADAPTIVE_PACER.pacer, burst, others);
  const even = await leastUsed(() => evenPacer(RATE - others), burst, others);
  const { measured, ...target } = atLeast(`% used of ${what}`, ours, 85);
  return { ...target, measured: `${measured}; ${even.toFixed(2)} by who knows the rate and calls evenly` };
}

async function leastUsed(pacer: () => Pacer, burst: number, others: number): Promise<number> {
  const shares: number[] = [];
  for (const seed of SEEDS_OF_SHARES) {
    const rateLimit = { ratePerSecond: RATE, burst };
    const order = { pacer, wanted: 300, latencyMs: 25, rateLimit, others, seed };
    shares.push((await pacedCalls(order)).usedShare);
  }
  return 100 * Math.min(...shares);
}

async function sweepTargets(
  fleet: Fleet,
  service: Service,
  limits: { readonly bound: number; readonly throttledPercent: number },
): Promise<readonly Target[]> {
  const runs = [];
  for (const seed of SEEDS) runs.push(await simulatedSweep(fleet, service, ADAPTIVE_PACER, { seed }));
  const where = `${fleet.workgroups} workgroups${service.rateLimit ? '' : ' without a rate limit'}`;
  const bound = boundMs(fleet, false, service);
  return [
    atMost(`times the bound, ${where}`, worst(runs.map(({ wallMs }) => wallMs / bound)), limits.bound),
    atMost(
      `% of calls throttled, ${where}`,
      worst(runs.map(({ calls, throttled }) => (100 * throttled) / calls)),
      limits.throttledPercent,
    ),
  ];
}

const NEIGHBOURS = {
  ours: { ...ADAPTIVE_PACER, name: 'our sweep' },
  loop: { name: 'the sequential loop', client: {} },
  sdk: { name: "the loop in the SDK's adaptive mode", client: SDK_ADAPTIVE.client },
} as const satisfies Record<string, Beside>;

async function noticedPercent(beside: Beside, callsPerSecond: number): Promise<number> {
  let calls = 0;
  let throttled = 0;
  for (const seed of SEEDS) {
    const fleet = { ...MEDIUM, workgroups: 300 };
    const noticed = await noticedBeside(beside, fleet, LIMITED, { callsPerSecond, seed });
    calls += noticed.calls;
    throttled += noticed.throttled;
  }
  return (100 * throttled) / calls;
}

async function neighbourTarget(callsPerSecond: number): Promise<Target> {
  const ours = await noticedPercent(NEIGHBOURS.ours, callsPerSecond);
  const loop = await noticedPercent(NEIGHBOURS.loop, callsPerSecond);
  const sdk = await noticedPercent(NEIGHBOURS.sdk, callsPerSecond);
  return {
    what: `least of a neighbour's calls throttled, ${callsPerSecond} per second`,
    measured: `${ours.toFixed(1)} % beside our sweep, ${loop.toFixed(1)} % beside the loop, ${sdk.toFixed(1)} % beside the loop in adaptive mode`,
    met: ours <= Math.min(loop, sdk),
  };
}

const targets = [
  await usedTarget('a bucket of 1', 1, 0),
  await usedTarget('a bucket of 2', 2, 0),
  await usedTarget('a bucket of 5', 5, 0),
  await usedTarget('a bucket of 5, another client taking a fifth', 5, 1),
  await usedTarget('a bucket of 5, another client taking half', 5, 2.5),
  await usedTarget('a bucket of 20, another client taking half', 20, 2.5),
  ...(await sweepTargets(MEDIUM, LIMITED, { bound: 1.05, throttledPercent: 3 })),
  ...(await sweepTargets(LARGE, LIMITED, { bound: 1.02, throttledPercent: 0.6 })),
  ...(await sweepTargets(LARGE, UNLIMITED, { bound: 3, throttledPercent: 0 })),
  await neighbourTarget(1),
  await neighbourTarget(2.5),
];
const table = new Table({ head: ['target', 'measured', ''], style: { compact: true } });
for (const { what, measured, met } of targets) table.push([what, measured, met ? 'met' : 'MISSED']);
console.log(table.toString());
if (targets.some(({ met }) => !met)) process.exitCode = 1;
