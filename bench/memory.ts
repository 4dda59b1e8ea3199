/** `npm run bench:memory`: a simulated day of sweeps that remember what is quiet, beside the same day of sweeps that do not. */
import Table from 'cli-table3';
import { parseSettings } from '../lambda/settings/read-settings.js';
import { ProcessMemory } from '../lambda/sweep/process-memory.js';
import { sweep } from '../lambda/sweep/sweep.js';
import {
  DEFAULT_ACCOUNT,
  DrivenClock,
  EmbeddedAthena,
  type SessionPlacement,
} from '../local/athena/index.js';
import { seededRandom } from '../test/support/virtual-time.js';
import { DirectService } from './direct-service.js';
import { REGION } from './fleet.js';
import { percentile } from './real-time.js';

const SEED = 17;
const WORKGROUPS = 1_000;
const IN_USE = 50;
const SESSIONS_EACH = 8;
const INTERVAL_MINUTES = 5;
const SWEEPS = (24 * 60) / INTERVAL_MINUTES;
const MINUTE = 60_000;
const NEVER = new AbortController().signal;

interface Day {
  readonly calls: number;
  /** Minutes for which sessions had been due when they were ended, in order. */
  readonly lateness: readonly number[];
}

interface Start {
  readonly at: number;
  readonly placement: SessionPlacement;
}

/** @param sweepsPerProcess after this many the process is lost; undefined: nothing is remembered at all. */
async function day(sweepsPerProcess: number | undefined): Promise<Day> {
  const clock = new DrivenClock(Date.UTC(2026, 2, 2));
  const begun = clock.now();
  const athena = new EmbeddedAthena({ clock, journal: 'counts' });
  const names = Array.from({ length: WORKGROUPS }, (_, n) => `workgroup-${n}`);
  const service = new DirectService(athena.region(REGION), names);
  const starts = drawStarts();
  const lateness: number[] = [];
  let memory = new ProcessMemory();
  for (let n = 0; n < SWEEPS; n += 1) {
    const at = n * INTERVAL_MINUTES;
    for (let next = starts[0]; next && next.at < at; next = starts[0]) {
      await clock.advance(begun + next.at * MINUTE - clock.now());
      service.start(next.placement);
      starts.shift();
    }
    await clock.advance(begun + at * MINUTE - clock.now());
    if (sweepsPerProcess !== undefined && n % sweepsPerProcess === 0) memory = new ProcessMemory();
    const { report } = await sweep([service], {
      settings: { ...SETTINGS, onlyWorkgroups: ['*'] },
      clock: () => clock.now(),
      stop: NEVER,
      lastCall: NEVER,
      memory,
      accountId: DEFAULT_ACCOUNT,
      mayRemember: sweepsPerProcess !== undefined,
    });
    if (!report.complete) throw new Error(`sweep ${n} was not complete`);
    for (const { outcome, minutes, limitMinutes } of report.sessions)
      if (outcome === 'terminated') lateness.push(minutes - limitMinutes);
  }
  return { calls: service.callCounts().calls, lateness: lateness.toSorted((a, b) => a - b) };
}

const SETTINGS = parseSettings({ regions: [REGION], maxTerminationsPerSweep: 10_000 });

/** People start sessions from 7 to 19 o'clock, work in them for an hour or two with pauses, and forget them. */
function drawStarts(): Start[] {
  const random = seededRandom(SEED);
  const between = (from: number, to: number) => from + random() * (to - from);
  return Array.from({ length: IN_USE * SESSIONS_EACH }, (_, n): Start => {
    let inMinutes = 0.5;
    const later: { state: 'IDLE' | 'BUSY'; inMinutes: number }[] = [{ state: 'IDLE', inMinutes }];
    const until = between(20, 150);
    while (inMinutes < until) {
      const busyAt = inMinutes + between(1, 25);
      inMinutes = busyAt + between(0.2, 15);
      later.push({ state: 'BUSY', inMinutes: busyAt }, { state: 'IDLE', inMinutes });
    }
    const workGroup = `workgroup-${n % IN_USE}`;
    return {
      at: between(7 * 60, 19 * 60),
      placement: { workGroup, state: 'CREATING', ageMinutes: 0, later },
    };
  }).toSorted((a, b) => a.at - b.at);
}

const without = await day(undefined);
const days = [
  { what: 'one process all day', ...(await day(SWEEPS)) },
  { what: 'a new process every two hours', ...(await day(24)) },
];
const p99 = ({ lateness }: Day) => percentile(lateness, 0.99);
const table = new Table({
  head: ['', 'calls a day', 'ratio', 'ended', 'minutes late, p99'],
  style: { compact: true },
});
table.push(['without memory', without.calls, 1, without.lateness.length, p99(without).toFixed(1)]);
for (const one of days) {
  const ratio = (one.calls / without.calls).toFixed(3);
  table.push([one.what, one.calls, ratio, one.lateness.length, p99(one).toFixed(1)]);
}
console.log(
  `${WORKGROUPS} workgroups, ${IN_USE} of them in use, every ${INTERVAL_MINUTES} minutes, seed ${SEED}:`,
);
console.log(table.toString());

const MOST_CALLS = 0.35;
const missed = days.filter(
  (one) =>
    one.calls > MOST_CALLS * without.calls ||
    one.lateness.length !== without.lateness.length ||
    p99(one) > p99(without),
);
console.log(
  missed.length === 0
    ? `Met: at most ${MOST_CALLS} of the calls, and no session is ended later.`
    : `Missed with ${missed.map(({ what }) => what).join(' and ')}.`,
);
if (missed.length > 0) process.exitCode = 1;
