/** `npm run athena`: the embedded Athena alone, in real time, for the AWS CLI, boto3 or anything else. */
import { Command, InvalidArgumentError } from 'commander';
import { EmbeddedAthena } from './embedded-athena.js';
import { DEMO_FLEET, FleetError, placeFleet, readFleet } from './fleets/fleet.js';
import type { RateLimit } from './time/throttle.js';
import { type ServedAthena, serveAthena } from './wire/http-server.js';
import { readWorld, WorldError } from './world/parse-world.js';
import { DEFAULT_WORLD_TEXT, describeWorld } from './world/world.js';

interface ServeOptions {
  readonly port: number;
  readonly region: string;
  readonly fleet: string;
  readonly latency: number;
  readonly rate?: number;
  readonly burst?: number;
  readonly world: string;
}

await new Command('athena')
  .description('Serves an embedded Athena for Apache Spark on this machine. It never talks to AWS.')
  .option('--port <port>', 'port on 127.0.0.1, 0 for a free one', whole(0, 65_535), 4570)
  .option('--region <name>', 'Region that the fleet is in', regionName, 'us-east-1')
  .option('--fleet <file>', 'JSON file with workgroups and sessions', DEMO_FLEET)
  .option('--latency <ms>', 'milliseconds from a call to its answer', whole(0, 60_000), 0)
  .option(
    '--rate <calls>',
    'calls per second of each operation before it throttles (default: no limit)',
    whole(1, 100_000),
  )
  .option(
    '--burst <calls>',
    'calls of each operation at once, with --rate (default: the rate)',
    whole(1, 100_000),
  )
  .option(
    '--world <file or switches>',
    'how Athena behaves where its documentation leaves it open: a JSON file, or name=value,name=value',
    DEFAULT_WORLD_TEXT,
  )
  .action(serve)
  .parseAsync();

async function serve(options: ServeOptions, command: Command): Promise<void> {
  if (options.burst !== undefined && options.rate === undefined) {
    command.error(`error: --burst: found ${options.burst} without --rate; allowed: together with --rate`);
  }
  try {
    const athena = new EmbeddedAthena({
      latencyMs: options.latency,
      rateLimit: rateLimitOf(options),
      journal: 'counts',
      world: await readWorld(options.world),
    });
    placeFleet(athena.region(options.region), await readFleet(options.fleet));
    const served = await serveAthena(athena, { port: options.port });
    console.log(welcome(served, athena, options));
    stopOnSignal(served);
  } catch (error) {
    console.error(`error: ${explain(error, options)}`);
    process.exitCode = 1;
  }
}

function rateLimitOf({ rate, burst }: ServeOptions): RateLimit | undefined {
  return rate === undefined ? undefined : { ratePerSecond: rate, burst: burst ?? rate };
}

function stopOnSignal(served: ServedAthena): void {
  const stop = async () => {
    await served.close();
    console.log('Stopped.');
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function explain(error: unknown, { port }: ServeOptions): string {
  if (error instanceof FleetError) return error.message;
  if (error instanceof WorldError) return `--world: ${error.message}`;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `--port: found ${port}, which another program listens on; allowed: a free port, or 0 to take any`;
  }
  if (error instanceof Error && 'code' in error && error.code === 'EACCES') {
    return `--port: found ${port}, which needs privileges; allowed: a port from 1024 on`;
  }
  throw error;
}

function welcome({ url }: ServedAthena, athena: EmbeddedAthena, { region, fleet }: ServeOptions): string {
  const sessions = athena.region(region).sessions();
  const states = [...new Set(sessions.map(({ state }) => state))].sort();
  const counts = states
    .map((state) => `${sessions.filter((session) => session.state === state).length} ${state}`)
    .join(', ');
  const workGroup = sessions[0]?.workGroup ?? 'etl';
  const world = describeWorld(athena.world);
  return `
Embedded Athena at ${url}. It never talks to AWS; what you change lasts until you stop it.
Fleet: ${fleet}
       ${sessions.length} sessions in ${region}${counts === '' ? '' : `: ${counts}`}${world === DEFAULT_WORLD_TEXT ? '' : `\nWorld: ${world}`}

Point any AWS SDK or the AWS CLI at it, in another terminal (the keys may be anything):

  export AWS_ENDPOINT_URL_ATHENA=${url}
  export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_REGION=${region} AWS_DEFAULT_REGION=${region}

  aws athena list-work-groups
  aws athena list-sessions --work-group ${workGroup}

Press Ctrl+C to stop.
`;
}

/** Parses an argument that has to be a whole number from `min` to `max`. */
function whole(min: number, max: number): (argument: string) => number {
  return (argument) => {
    const value = Number(argument);
    if (/^\d+$/.test(argument) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Allowed: a whole number from ${min} to ${max}.`);
  };
}

function regionName(argument: string): string {
  if (/^[a-z]{2,}(-[a-z]+)+-\d$/.test(argument)) return argument;
  throw new InvalidArgumentError('Allowed: a Region name such as eu-west-1.');
}
