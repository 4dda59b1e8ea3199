/** One invocation of the function in simulated time, with the real client, and all that was seen of it. */
import { AthenaSessions } from '../../../lambda/athena/athena-sessions.js';
import type { SweepReport } from '../../../lambda/contract/report.js';
import { DEFAULT_SETTINGS, type Narrowing, type SweepSettings } from '../../../lambda/contract/settings.js';
import type { Host } from '../../../lambda/host/host.js';
import { invoke } from '../../../lambda/invocation.js';
import { narrow, parseSettings } from '../../../lambda/settings/read-settings.js';
import { ProcessMemory } from '../../../lambda/sweep/process-memory.js';
import { EmbeddedAthena } from '../../../local/athena/index.js';
import { inVirtualTime, type VirtualTime } from '../../support/virtual-time.js';
import { REGIONS, type Scenario } from './scenario.js';
import { regionName, type StagedFault, stage } from './stage.js';
import { type Exchange, prepareClients, Wire, type WireFault } from './wire.js';

/** What one invocation did, as its caller, its log, its metrics and the other end of the wire saw it. */
export interface Observation {
  readonly scenario: Scenario;
  readonly settings: SweepSettings;
  readonly regions: readonly string[];
  /** When the invocation began, by the function's own clock: epoch milliseconds. */
  readonly startedAt: number;
  readonly report?: SweepReport;
  /** What the invocation threw instead. */
  readonly thrown?: unknown;
  readonly lines: readonly LogLine[];
  readonly metrics: ReadonlyMap<string, readonly number[]>;
  /** How often metrics were published. */
  readonly publications: number;
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
const EXEMPT_TAG = `${DEFAULT_SETTINGS.tags.prefix}:exempt`;
/** Time to go on after the invocation, in which nothing may begin any more. */
const LINGER_MS = 60_000;

/** A scenario that is set up, with time standing at its first moment. */
export interface Stage {
  readonly athena: EmbeddedAthena;
  readonly wire: Wire;
  readonly time: VirtualTime;
  /** Invokes the function, which can be done more than once, and at the same time. */
  readonly invoke: () => ReturnType<typeof invocation>;
  /** Invokes it alone, with the scenario's event or another, and gives all that was seen. */
  readonly observe: (event?: Narrowing) => Promise<Observation>;
  /** Ends the process, so that the next invocation is by a new one that remembers nothing. */
  readonly restart: () => void;
}

/** Plays one invocation in a scenario. */
export async function simulate(scenario: Scenario): Promise<Observation> {
  const { seen, late } = await play(scenario, async ({ wire, observe }) => {
    const observation = await observe();
    return { seen: observation, late: () => wire.exchanges.length - observation.exchanges.length };
  });
  return { ...seen, late: late() };
}

/** Plays invocations in a row by one process, each `intervalMs` after the one before. */
export async function simulateInARow(
  scenario: Scenario,
  sweeps: number,
  intervalMs: number,
): Promise<readonly Observation[]> {
  return play(scenario, async ({ time, observe }) => {
    const seen: Observation[] = [];
    while (seen.length < sweeps) {
      const startsAt = seen.length * intervalMs;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, startsAt - time.elapsedMs())));
      seen.push(await observe());
    }
    return seen;
  });
}

/** Lets a test do in a scenario what it likes, in simulated time. */
export async function play<T>(scenario: Scenario, run: (staged: Stage) => Promise<T>): Promise<T> {
  await prepareClients(REGIONS);
  return inVirtualTime(
    (time) => {
      const { latencyMs, rateLimit, world, clockOffsetMs } = scenario;
      const denyTagged = scenario.denyTagged ? { key: EXEMPT_TAG, value: 'true' } : undefined;
      const athena = new EmbeddedAthena({ latencyMs, rateLimit, world, clockOffsetMs, denyTagged });
      const wire = new Wire(athena, {
        pageSize: scenario.pageSize,
        enginesShown: enginesShown(scenario),
        faults: wireFaults(scenario),
      });
      const faults = [...stage(scenario, athena), ...wire.faults];
      let memory = new ProcessMemory();
      const restart = () => {
        memory = new ProcessMemory();
      };
      const invoke = () => invocation(scenario, wire, memory);
      const observe = async (event = scenario.event) => {
        const from = { at: time.elapsedMs(), exchange: wire.exchanges.length };
        const invoked = await invocation({ ...scenario, event }, wire, memory);
        const exchanges = wire.exchanges.slice(from.exchange);
        return { ...invoked, faults, athena, elapsedMs: time.elapsedMs() - from.at, exchanges, late: 0 };
      };
      return run({ athena, wire, time, invoke, observe, restart });
    },
    { seed: scenario.seed, lingerMs: LINGER_MS },
  );
}

async function invocation(scenario: Scenario, wire: Wire, memory: ProcessMemory) {
  const regions = scenario.regions.map((_, index) => regionName(index));
  const deployed = parseSettings({ ...scenario.settings, regions });
  const settings = narrow(deployed, scenario.event, REGIONS[0]);
  const startedAt = Date.now();
  const lines: LogLine[] = [];
  const metrics = new Map<string, number[]>();
  let publications = 0;
  const write = (level: LogLine['level']) => (message: string, fields: Record<string, unknown>) =>
    void lines.push({ level, message, fields });
  const host: Host = {
    settings: () => deployed,
    ownRegion: REGIONS[0],
    connect: (region, account) => new AthenaSessions(wire.client(region), region, account),
    logger: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') },
    metrics: {
      setTimestamp: () => undefined,
      addMetric: (name, _unit, value) => void metrics.set(name, [...(metrics.get(name) ?? []), value]),
      publishStoredMetrics: () => {
        publications += 1;
      },
    },
    clock: () => Date.now(),
    memory,
  };
  const context = {
    invokedFunctionArn: `arn:aws:lambda:${REGIONS[0]}:${ACCOUNT}:function:reaper`,
    getRemainingTimeInMillis: () => scenario.remainingMs,
  };
  const outcome = await invoke(scenario.event, context, host).then(
    (report) => ({ report }),
    (thrown: unknown) => ({ thrown }),
  );
  return { scenario, settings, regions, startedAt, lines, metrics, publications, ...outcome };
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
