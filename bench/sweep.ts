/** `npm run bench`: the sweep against a plain loop and against the bound that rate and latency allow. */
import Table from 'cli-table3';
import { boundMs, describeFleet, LARGE, leastCalls, MEDIUM, SMALL, totalOf } from './fleet.js';
import { LIMITED, type RealRows, type Row, realRows, SWEEP, simulatedRows } from './measurements.js';
import { CONTESTANTS, race } from './pacers.js';
import { percentile } from './real-time.js';
import { type Target, targetsOf } from './targets.js';

// The SDK warns once per process on Node 20; nobody can act on it while reading a table.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const MIB = 1_024 * 1_024;
const PACED_CALLS = 1_000;

console.log(
  'Assumed of Athena: 25 ms for each call; where there is a rate limit, 5 calls per second and a burst',
);
console.log('of 20 for each operation. The embedded Athena stands in for it. Nothing here talks to AWS.\n');

const simulated = await simulatedRows();
console.log(
  'With the rate limit, in simulated time (the real client, without sockets; waiting costs nothing):',
);
console.log(tableOf(simulated, undefined));

console.log('\nPacers, in simulated time: 1,000 calls of one operation, 16 at once, until all are accepted:');
console.log(await pacerTable());

console.log(
  '\nIn real time over HTTP, the bundled function and the embedded Athena each in a process of its own:',
);
const real = await realRows();
console.log(tableOf(real.rows, real));
console.log(gapLines(real));

const targets = targetsOf(simulated, real);
console.log(`\n${targetTable(targets)}`);
if (targets.some(({ met }) => !met)) process.exitCode = 1;

function tableOf(rows: readonly Row[], withMemory: RealRows | undefined): string {
  const head = ['', 'wall s', 'of the bound', 'calls', 'least', 'throttled'];
  const table = new Table({
    head: withMemory ? [...head, 'peak MiB over empty'] : head,
    style: { compact: true },
  });
  for (const fleet of [LARGE, MEDIUM, SMALL]) {
    const ofFleet = rows.filter((row) => row.fleet === fleet);
    if (ofFleet.length === 0) continue;
    table.push([{ colSpan: head.length + (withMemory ? 1 : 0), content: describeFleet(fleet) }]);
    for (const row of ofFleet) table.push(cellsOf(row, withMemory));
  }
  return table.toString();
}

function cellsOf({ fleet, tags, service, who, measured }: Row, withMemory: RealRows | undefined): string[] {
  const { wallMs, calls, throttled } = measured;
  const bound = boundMs(fleet, tags, service);
  const limited = withMemory && service.rateLimit ? ', with the rate limit' : '';
  const cells = [
    `  ${who}${tags ? ', with tags' : ''}${limited}`,
    (wallMs / 1_000).toFixed(2),
    `${(wallMs / bound).toFixed(2)} x ${(bound / 1_000).toFixed(2)} s`,
    String(calls),
    String(totalOf(leastCalls(fleet, tags))),
    `${throttled} (${((100 * throttled) / calls).toFixed(1)}%)`,
  ];
  if (!withMemory || !('peakBytes' in measured)) return cells;
  return [...cells, ((measured.peakBytes - withMemory.emptyBytes) / MIB).toFixed(1)];
}

async function pacerTable(): Promise<string> {
  const { ratePerSecond, burst } = LIMITED.rateLimit;
  const bound = ((PACED_CALLS - burst) / ratePerSecond) * 1_000 + LIMITED.latencyMs;
  const table = new Table({ head: ['', 'wall s', 'of the bound', 'throttled'], style: { compact: true } });
  for (const contestant of CONTESTANTS) {
    const { wallMs, calls, throttled } = await race(contestant, LIMITED, PACED_CALLS);
    const share = `${throttled} (${((100 * throttled) / calls).toFixed(1)}%)`;
    table.push([contestant.name, (wallMs / 1_000).toFixed(2), `${(wallMs / bound).toFixed(3)} x`, share]);
  }
  return table.toString();
}

function gapLines({ gapsMs, busyMs, rows }: RealRows): string {
  const large = rows.find(({ fleet, who, tags }) => fleet === LARGE && who === SWEEP && tags);
  const service = large && 'gapsMs' in large.measured ? large.measured.gapsMs : [];
  const line = (gaps: readonly number[]) =>
    `p50 ${percentile(gaps, 0.5).toFixed(1)} ms, p99 ${percentile(gaps, 0.99).toFixed(1)} ms, max ${percentile(gaps, 1).toFixed(1)} ms`;
  return [
    `\nFrom the answer to GetSession to the request of TerminateSession, ${gapsMs.length} sessions, no rate limit:`,
    `  as the client sees it      ${line(gapsMs)}`,
    `  computing of all threads   ${line(busyMs)}  (nothing else on the machine is in it)`,
    `  as the service sees it     ${line(service)}  (both ways over loopback and both event loops in it)`,
  ].join('\n');
}

function targetTable(targets: readonly Target[]): string {
  const table = new Table({ head: ['target', 'measured', ''], style: { compact: true } });
  for (const { what, measured, met } of targets) table.push([what, measured, met ? 'met' : 'MISSED']);
  return table.toString();
}
