/** `npm run bench:scale`: the figures of the sweep's part that docs/scale.md rests on. */
import {
  type Assumptions,
  estimatedMs,
  type Kind,
  type Organization,
  type Swept,
  sweepOrganization,
} from './simulated-organization.js';

// The SDK warns once per process on Node 20; nobody can act on it while reading figures.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const ASSUMPTIONS: Assumptions = {
  athenaLatencyMs: 60,
  athenaRate: { ratePerSecond: 5, burst: 20 },
  overheadMs: 250,
};

/** Most accounts have no Spark in most regions, and a few have a lot. */
const KINDS: readonly Kind[] = [
  { name: 'no Spark', share: 0.7, workgroups: 0, sessions: 0, due: 0 },
  { name: 'a team', share: 0.25, workgroups: 3, sessions: 8, due: 1 },
  { name: 'a department', share: 0.045, workgroups: 20, sessions: 80, due: 10 },
  { name: 'a platform', share: 0.005, workgroups: 100, sessions: 1_500, due: 150 },
];

const withAccounts = (accounts: number, maxConcurrency: number): Organization => ({
  accounts,
  regions: 4,
  maxConcurrency,
  kinds: KINDS,
});

const measured = await simulate(withAccounts(1_000, 100));
await simulate(withAccounts(1_000, 800));

const meanMs = new Map(KINDS.map(({ name }) => [name, mean(measured.filter(({ kind }) => kind === name))]));
console.log('By these means, in groups as the state machine forms them:');
for (const [accounts, maxConcurrency] of [
  [1, 100],
  [10, 100],
  [100, 100],
  [1_000, 100],
  [10_000, 100],
  [10_000, 800],
] as const) {
  const ms = await estimatedMs(withAccounts(accounts, maxConcurrency), meanMs);
  console.log(`  ${accounts} accounts x 4 regions, ${maxConcurrency} at once: ${seconds(ms)} s`);
}

async function simulate(organization: Organization): Promise<readonly Swept[]> {
  const { accounts, regions, maxConcurrency } = organization;
  const startedAt = performance.now();
  const { wallMs, targets } = await sweepOrganization(organization, ASSUMPTIONS);
  const realMs = performance.now() - startedAt;
  console.log(`${accounts} accounts x ${regions} regions, ${maxConcurrency} at once: ${seconds(wallMs)} s`);
  console.table([
    row('all', targets),
    ...KINDS.map(({ name }) =>
      row(
        name,
        targets.filter(({ kind }) => kind === name),
      ),
    ),
  ]);
  const bytes = targets.reduce((sum, { figures }) => sum + JSON.stringify(figures).length, 0);
  console.log(`A result has ${Math.round(bytes / targets.length)} bytes on average.`);
  console.log(`Simulated in ${seconds(realMs)} s.\n`);
  return targets;
}

function row(kind: string, targets: readonly Swept[]) {
  const durations = targets.map(({ durationMs }) => durationMs).toSorted((a, b) => a - b);
  const at = (share: number) => seconds(durations[Math.floor(share * (durations.length - 1))] ?? 0);
  const sum = (name: string) => targets.reduce((all, { figures }) => all + (figures[name] ?? 0), 0);
  return {
    kind,
    targets: targets.length,
    'mean s': seconds(mean(targets)),
    'p50 s': at(0.5),
    'p99 s': at(0.99),
    'max s': at(1),
    'calls each': Math.round(sum('calls') / targets.length),
    throttled: sum('throttledCalls'),
    ended: sum('terminated'),
    deferred: sum('deferred'),
  };
}

function mean(targets: readonly Swept[]): number {
  return targets.reduce((all, { durationMs }) => all + durationMs, 0) / targets.length;
}

function seconds(ms: number): number {
  return Math.round(ms / 10) / 100;
}
