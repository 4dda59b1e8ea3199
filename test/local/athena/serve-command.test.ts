import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { EmbeddedAthena, serveAthena } from '../../../local/athena/index.js';
import { bundledProgram } from '../../support/bundled-program.js';
import { clientOf } from './fixture.js';

let program: string;
beforeAll(async () => {
  program = await bundledProgram('local/athena/serve-command.ts');
});

function serve(...args: string[]) {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

/** What it says, and its exit code, once it has ended. */
async function endOf(child: ReturnType<typeof serve>) {
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, errors };
}

// Starting a process takes its time on a busy machine.
describe('npm run athena', () => {
  test('says how to point the AWS CLI at it, serves the demo fleet, and ends on SIGTERM', async () => {
    const child = serve('--port', '0', '--rate', '5', '--burst', '2', '--latency', '1');
    const end = endOf(child);
    let endpoint: string | undefined;
    for await (const line of createInterface(child.stdout)) {
      endpoint ??= /export AWS_ENDPOINT_URL_ATHENA=(\S+)/.exec(line)?.[1];
      if (line.includes('Ctrl+C')) break;
    }
    const client = clientOf({ endpoint: endpoint ?? 'none', region: 'us-east-1' });
    expect((await client.listWorkGroups({})).WorkGroups?.length).toBeGreaterThanOrEqual(6);
    child.kill('SIGTERM');
    expect(await end).toEqual({ code: 0, errors: '' });
  });

  test('says which world it is, and behaves so', async () => {
    const child = serve('--port', '0', '--world', 'sqlListing=empty, idleSince=empty');
    let endpoint: string | undefined;
    let world: string | undefined;
    for await (const line of createInterface(child.stdout)) {
      endpoint ??= /export AWS_ENDPOINT_URL_ATHENA=(\S+)/.exec(line)?.[1];
      world ??= /^World: (.*)/.exec(line)?.[1];
      if (line.includes('Ctrl+C')) break;
    }
    expect(world).toBe('idleSince=empty,sqlListing=empty');
    const client = clientOf({ endpoint: endpoint ?? 'none', region: 'us-east-1' });
    expect((await client.listSessions({ WorkGroup: 'primary' })).Sessions).toEqual([]);
  });

  test('names a port that is no port, or is taken, and ends with 1', async () => {
    const { port, close } = await serveAthena(new EmbeddedAthena());
    onTestFinished(close);
    const ends = await Promise.all([endOf(serve('--port', '70000')), endOf(serve('--port', `${port}`))]);
    expect(ends).toEqual([
      { code: 1, errors: expect.stringMatching(/--port.*70000.*Allowed: a whole number from 0 to 65535/) },
      { code: 1, errors: expect.stringContaining(`--port: found ${port}, which another program listens on`) },
    ]);
  });

  test.each([
    [['--fleet', 'nowhere.json'], 'error: nowhere.json: cannot be read'],
    [['--world', 'weather=fine'], 'weather: found a key of that name; allowed: only the keys lastModified, '],
    [['--world', 'nowhere.json'], 'error: --world: nowhere.json: cannot be read'],
    [['--burst', '20'], 'error: --burst: found 20 without --rate; allowed: together with --rate'],
    [['--region', 'Ireland'], "argument 'Ireland' is invalid. Allowed: a Region name such as eu-west-1."],
  ])('refuses %o, and ends with 1', async (args, message) => {
    expect(await endOf(serve(...args))).toEqual({ code: 1, errors: expect.stringContaining(message) });
  });
});
