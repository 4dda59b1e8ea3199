/** What the sweep has to reach, and whether it did. */
import { boundMs, LARGE, leastCalls, MEDIUM, totalOf } from './fleet.js';
import { LIMITED, LOOP, type RealRows, type Row, SWEEP, UNLIMITED } from './measurements.js';
import { ADAPTIVE_PACER } from './pacers.js';
import { percentile } from './real-time.js';

export interface Target {
  readonly what: string;
  readonly measured: string;
  readonly met: boolean;
}

const MIB = 1_024 * 1_024;
/** Most of it is what a sequential loop with the Athena client takes, too. */
const MOST_MIB = 38;

export function targetsOf(simulated: readonly Row[], real: RealRows): readonly Target[] {
  const limited = (tags: boolean) => find(simulated, { who: ADAPTIVE_PACER.name, tags });
  const unlimited = (who: string, tags: boolean) => find(real.rows, { who, tags, service: UNLIMITED });
  const loopMs = unlimited(LOOP, false).measured.wallMs;
  return [
    ...[limited(false), limited(true)].flatMap(rateLimitTargets),
    atLeast('times faster than the loop', loopMs / unlimited(SWEEP, false).measured.wallMs, 8),
    atLeast(
      'times faster than the loop, reading tags too',
      loopMs / unlimited(SWEEP, true).measured.wallMs,
      8,
    ),
    ...[false, true].map((tags) => leastCallsTarget(unlimited(SWEEP, tags))),
    ...[false, true].map((tags) => memoryTarget(unlimited(SWEEP, tags), real)),
    atMost('ms from last look to end, p99, without rate limit', percentile(real.gapsMs, 0.99), 10),
    confirmation(simulated, real),
  ];
}

function rateLimitTargets(row: Row): readonly Target[] {
  const { wallMs, calls, throttled } = row.measured;
  return [
    atMost(`times the bound${tagsOf(row)}`, wallMs / boundMs(row.fleet, row.tags, LIMITED), 1.1),
    atMost(`% of calls throttled${tagsOf(row)}`, (100 * throttled) / calls, 2),
  ];
}

function leastCallsTarget(row: Row): Target {
  const least = totalOf(leastCalls(row.fleet, row.tags));
  const { calls } = row.measured;
  return {
    what: `calls: the least possible${tagsOf(row)}`,
    measured: `${calls} of ${least}`,
    met: calls === least,
  };
}

function memoryTarget(row: Row, { emptyBytes }: RealRows): Target {
  const peak = 'peakBytes' in row.measured ? row.measured.peakBytes : Number.POSITIVE_INFINITY;
  return atMost(`MiB over an empty handler at its peak${tagsOf(row)}`, (peak - emptyBytes) / MIB, MOST_MIB);
}

/** The same fleet, rate and sweep in real and in simulated time. */
function confirmation(simulated: readonly Row[], { rows }: RealRows): Target {
  const inReality = find(rows, { fleet: MEDIUM, who: SWEEP, tags: false, service: LIMITED }).measured.wallMs;
  const simulation = find(simulated, { fleet: MEDIUM, who: ADAPTIVE_PACER.name, tags: false }).measured
    .wallMs;
  const apart = Math.abs(inReality / simulation - 1) * 100;
  return atMost('% between real and simulated time, with the rate limit', apart, 15);
}

function find(rows: readonly Row[], wanted: Partial<Row>): Row {
  const { fleet = LARGE, who, tags, service } = wanted;
  const row = rows.find(
    (one) =>
      one.fleet === fleet && one.who === who && one.tags === tags && (service ?? one.service) === one.service,
  );
  if (!row) throw new Error(`the bench has not run ${who}`);
  return row;
}

function tagsOf({ tags }: Row): string {
  return tags ? ', reading tags' : '';
}

export function atMost(what: string, value: number, limit: number): Target {
  return { what: `at most ${limit} ${what}`, measured: value.toFixed(2), met: value <= limit };
}

export function atLeast(what: string, value: number, limit: number): Target {
  return { what: `at least ${limit} ${what}`, measured: value.toFixed(2), met: value >= limit };
}
