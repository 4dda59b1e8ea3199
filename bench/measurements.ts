/** What the bench runs, and in which kind of time. */
import { bundled } from './bundles.js';
import { type Fleet, LARGE, MEDIUM, type Service, SMALL } from './fleet.js';
import { ADAPTIVE_PACER, type Contestant, RATE_LIMITER } from './pacers.js';
import { invoked, type RealTime, sweptInRealTime } from './real-time.js';
import { type Measured, simulatedLoop, simulatedSweep } from './simulated.js';

/** What is assumed of Athena, which publishes no rates. */
export const UNLIMITED: Service = { latencyMs: 25 };
export const LIMITED = {
  latencyMs: 25,
  rateLimit: { ratePerSecond: 5, burst: 20 },
} as const satisfies Service;

export interface Row {
  readonly fleet: Fleet;
  readonly service: Service;
  readonly tags: boolean;
  readonly who: string;
  readonly time: 'simulated' | 'real';
  readonly measured: Measured | RealTime;
}

export interface RealRows {
  readonly rows: readonly Row[];
  /** Peak of a process whose handler does nothing. */
  readonly emptyBytes: number;
  /** From each last look's answer to its TerminateSession, as the client saw them, sorted. */
  readonly gapsMs: readonly number[];
  /** As much of each gap as the process computed, sorted. */
  readonly busyMs: readonly number[];
}

export async function simulatedRows(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const add = (row: Omit<Row, 'service' | 'time'>) =>
    rows.push({ ...row, service: LIMITED, time: 'simulated' });
  const sweptBy = async (fleet: Fleet, contestant: Contestant, tags: boolean) =>
    add({
      fleet,
      tags,
      who: contestant.name,
      measured: await simulatedSweep(fleet, LIMITED, contestant, { tags }),
    });
  for (const fleet of [LARGE, MEDIUM, SMALL]) {
    add({ fleet, tags: false, who: LOOP, measured: await simulatedLoop(fleet, LIMITED) });
    await sweptBy(fleet, ADAPTIVE_PACER, false);
    await sweptBy(fleet, ADAPTIVE_PACER, true);
  }
  await sweptBy(LARGE, RATE_LIMITER, false);
  return rows;
}

export const LOOP = 'sequential loop';
export const SWEEP = 'sweep';

export async function realRows(): Promise<RealRows> {
  const runtime = bundled('lambda-process.ts');
  const ours = bundled('../lambda/handler.ts');
  const loop = bundled('sequential-handler.ts');
  const empty = await invoked(runtime, bundled('empty-handler.ts'), '', {});
  const rows: Row[] = [];
  const run = async (fleet: Fleet, service: Service, tags: boolean, who: string) => {
    const settings = { maxTerminationsPerSweep: 10_000, tags: { enabled: tags } };
    const measured = await sweptInRealTime(runtime, who === LOOP ? loop : ours, { fleet, service }, settings);
    rows.push({ fleet, service, tags, who, time: 'real', measured });
  };
  for (const fleet of [LARGE, MEDIUM, SMALL]) {
    await run(fleet, UNLIMITED, false, LOOP);
    await run(fleet, UNLIMITED, false, SWEEP);
    await run(fleet, UNLIMITED, true, SWEEP);
  }
  await run(MEDIUM, LIMITED, false, SWEEP);
  const timed = bundled('measured-handler.ts');
  const order = { fleet: LARGE, service: UNLIMITED };
  const { result } = await sweptInRealTime(runtime, timed, order, { maxTerminationsPerSweep: 10_000 });
  return { rows, emptyBytes: empty.peakBytes, ...gapsIn(result) };
}

function gapsIn(result: unknown): Pick<RealRows, 'gapsMs' | 'busyMs'> {
  const { gapsMs, busyMs } = Object(result);
  if (!Array.isArray(gapsMs) || !Array.isArray(busyMs))
    throw new Error('the measured handler reported no gaps');
  const sorted = (values: readonly unknown[]) => values.map(Number).toSorted((a, b) => a - b);
  return { gapsMs: sorted(gapsMs), busyMs: sorted(busyMs) };
}
