/** One invocation of the function in simulated time, with the real client, and all that was seen of it. */
import { AthenaSessions } from '../../lambda/athena/athena-sessions.js';
import type { SweepReport } from '../../lambda/contract/report.js';
import type { SweepSettings } from '../../lambda/contract/settings.js';
import type { Host } from '../../lambda/host/host.js';
import { invoke } from '../../lambda/invocation.js';
import { narrow, parseSettings } from '../../lambda/settings/read-settings.js';
import { ProcessMemory } from '../../lambda/sweep/process-memory.js';
import { EmbeddedAthena } from '../../local/athena/index.js';
import { inVirtualTime, START, type VirtualTime } from '../support/virtual-time.js';
import { REGIONS, type Scenario } from './scenario.js';
import { regionName, type StagedFault, stage } from './stage.js';
import { type Exchange, prepareClients, Wire, type WireFault } from './wire.js';

/** What one invocation did, as its caller, its log, its metrics and the other end of the wire saw it. */
export interface Observation {
  readonly scenario: Scenario;
  readonly settings: SweepSettings;
  readonly regions: readonly string[];
  /** What the sweep took for now, epoch milliseconds. */
  readonly now: number;
  readonly report?: SweepReport;
  /** What the invocation threw instead. */
  readonly thrown?: unknown;
  readonly lines: readonly LogLine[];
  readonly metrics: ReadonlyMap<string, readonly number[]>;
  readonly elapsedMs: number;
  readonly exchanges: readonly Exchange[];
  /** Exchanges that began after the invocation had ended. */
  readonly late: number;
  readonly faults: readonly StagedFault[];
  readonly athena: EmbeddedAthena;
}

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

const ACCOUNT = '111122223333';
/** Time to go on after the invocation, in which nothing may begin any more. */
const LINGER_MS = 60_000;

/** A scenario that is set up, with time standing at its first moment. */
export interface World {
  readonly athena: EmbeddedAthena;
  readonly wire: Wire;
  readonly faults: readonly StagedFault[];
  readonly time: VirtualTime;
  /** Invokes the function, which can be done more than once, and at the same time. */
  readonly invoke: () => ReturnType<typeof invocation>;
}

/** Plays one invocation in a scenario. */
export async function simulate(scenario: Scenario): Promise<Observation> {
  const seen = await play(scenario, async ({ athena, wire, faults, time, invoke }) => {
    const invoked = await invoke();
    const exchanges = wire.exchanges.slice();
    const late = () => wire.exchanges.length - exchanges.length;
    return { ...invoked, faults, athena, elapsedMs: time.elapsedMs(), exchanges, late };
  });
  return { ...seen, late: seen.late() };
}

/** Lets a test do in a scenario what it likes, in simulated time. */
export async function play<T>(scenario: Scenario, run: (world: World) => Promise<T>): Promise<T> {
  await prepareClients(REGIONS);
  return inVirtualTime(
    (time) => {
      const athena = new EmbeddedAthena({ latencyMs: scenario.latencyMs, rateLimit: scenario.rateLimit });
      const faults = stage(scenario, athena);
      const wire = new Wire(athena, {
        pageSize: scenario.pageSize,
        enginesShown: enginesShown(scenario),
        faults: wireFaults(scenario),
      });
      return run({ athena, wire, faults, time, invoke: () => invocation(scenario, wire) });
    },
    { seed: scenario.seed, lingerMs: LINGER_MS },
  );
}

async function invocation(scenario: Scenario, wire: Wire) {
  const regions = scenario.regions.map((_, index) => regionName(index));
  const deployed = parseSettings({ ...scenario.settings, regions });
  const settings = narrow(deployed, scenario.event, REGIONS[0]);
  const lines: LogLine[] = [];
  const metrics = new Map<string, number[]>();
  const write = (level: LogLine['level']) => (message: string, fields: Record<string, unknown>) =>
    void lines.push({ level, message, fields });
  const host: Host = {
    settings: () => deployed,
    ownRegion: REGIONS[0],
    connect: (region, account) => new AthenaSessions(wire.client(region), region, account),
    logger: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') },
    metrics: metricsInto(metrics),
    clock: () => Date.now() + scenario.skewMinutes * 60_000,
    memory: new ProcessMemory(),
  };
  const context = {
    invokedFunctionArn: `arn:aws:lambda:${REGIONS[0]}:${ACCOUNT}:function:reaper`,
    getRemainingTimeInMillis: () => scenario.remainingMs,
  };
  const outcome = await invoke(scenario.event, context, host).then(
    (report) => ({ report }),
    (thrown: unknown) => ({ thrown }),
  );
  const now = START + scenario.skewMinutes * 60_000;
  return { scenario, settings, regions, now, lines, metrics, ...outcome };
}

function wireFaults({ faults, regions }: Scenario): readonly WireFault[] {
  return faults.flatMap(({ what, operation, region, after, times }) => {
    if (what !== 'connection refused' && what !== 'never a whole answer') return [];
    const where = region === undefined ? undefined : regionName(region % regions.length);
    return [{ what, operation, region: where, after, times: times || Number.POSITIVE_INFINITY }];
  });
}

function enginesShown({ regions }: Scenario): ReadonlyMap<string, string | undefined> {
  const shown = regions.flatMap((workgroups, index) =>
    workgroups.flatMap(({ name, engineShown }): [string, string | undefined][] => {
      if (engineShown === undefined) return [];
      return [[`${regionName(index)}/${name}`, engineShown === 'missing' ? undefined : engineShown]];
    }),
  );
  return new Map(shown);
}

function metricsInto(values: Map<string, number[]>): Host['metrics'] {
  const pending = new Map<string, number[]>();
  return {
    setTimestamp: () => undefined,
    addMetric: (name, _unit, value) => void pending.set(name, [...(pending.get(name) ?? []), value]),
    publishStoredMetrics: () => {
      for (const [name, added] of pending) values.set(name, added);
    },
  };
}
