import { describe, expect, test } from 'vitest';
import type { EmbeddedAthenaOptions } from '../../../local/athena/index.js';
import { accountAt, run } from '../../support/command-line.js';

const ONE = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const TWIN = '3f2504e0-9999-41d3-9a0c-0305e82c3301';
const OTHER = 'aaaa04e0-4f89-41d3-9a0c-0305e82c3301';

async function sessionsIn(options: EmbeddedAthenaOptions = {}) {
  const served = await accountAt(options);
  for (const name of ['eu-west-1', 'us-east-1']) served.athena.region(name).createWorkgroup({ name: 'etl' });
  const put = (sessionId: string, state: 'IDLE' | 'DEGRADED' | 'TERMINATED' = 'IDLE', region = 'eu-west-1') =>
    served.athena.region(region).putSession({ workGroup: 'etl', sessionId, state });
  return { ...served, put };
}

describe('the beginning of an id', () => {
  test.each(['3f25', '3F2504E0', '3f2504e0-4f89'])(
    '%s names the only session that begins so',
    async (short) => {
      const { put } = await sessionsIn();
      put(ONE, 'DEGRADED');
      put(OTHER);
      const { exitCode, stdout } = await run(['explain', short]);
      expect(exitCode).toBe(0);
      expect(stdout).toContain(`Session ${ONE}`);
    },
  );

  test('is looked for in every region', async () => {
    const { put } = await sessionsIn();
    put(ONE, 'IDLE', 'us-east-1');
    const { stdout } = await run(['explain', '3f25', '--region', 'eu-west-1', '--region', 'us-east-1']);
    expect(stdout).toContain('etl in us-east-1');
  });

  test('is refused where several begin so, in whichever region, and the candidates are named', async () => {
    const { athena, put } = await sessionsIn();
    put(ONE);
    put(TWIN, 'IDLE', 'us-east-1');
    const regions = ['--region', 'eu-west-1', '--region', 'us-east-1'];
    const { exitCode, stderr } = await run(['exempt', '3f2504e0', ...regions]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('2 sessions begin with 3f2504e0. Write more of the one that you mean:');
    expect(stderr).toContain(`${ONE}  IDLE in etl, eu-west-1`);
    expect(stderr).toContain(`${TWIN}  IDLE in etl, us-east-1`);
    expect(athena.journal.count('TagResource')).toBe(0);
  });

  test('means a session that runs before one that has ended, and one that has ended otherwise', async () => {
    const { put, region } = await sessionsIn();
    put(TWIN, 'TERMINATED');
    put(ONE);
    expect((await run(['explain', '3f25'])).stdout).toContain(`Session ${ONE}`);
    region.forgetSession(ONE);
    expect((await run(['explain', '3f25'])).stdout).toContain(`Session ${TWIN}`);
  });

  test('names nothing where not every session could be listed', async () => {
    const { athena, put, region } = await sessionsIn();
    region.createWorkgroup({ name: 'forbidden' });
    put(ONE);
    athena.script({
      kind: 'error',
      operation: 'ListSessions',
      workGroup: 'forbidden',
      code: 'AccessDeniedException',
    });
    const { exitCode, stderr } = await run(['explain', '3f25']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Other sessions may begin with 3f25');
    expect(stderr).toContain('→ Allow athena:ListSessions');
  });

  test.each(['ResourceNotFoundException', 'InvalidRequestException', 'TERMINATED'] as const)(
    'is found where Athena answers %s for an id that it does not know',
    async (unknownSession) => {
      const { put } = await sessionsIn({ world: { unknownSession } });
      put(ONE);
      expect((await run(['explain', '3f25'])).stdout).toContain(`Session ${ONE}`);
    },
  );
});

test('a whole id costs no listing, and neither does one that no region knows', async () => {
  const { athena, put } = await sessionsIn();
  put(ONE);
  await run(['explain', ONE]);
  const unknown = await run(['explain', TWIN]);
  expect(unknown.stderr).toContain(`There is no session ${TWIN} in eu-west-1.`);
  expect(athena.journal.count('ListWorkGroups')).toBe(0);
});

test('a text that is too short to mean one session is refused', async () => {
  const { athena, put } = await sessionsIn();
  put(ONE);
  const { exitCode, stderr } = await run(['explain', '3f2']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('allowed: a session id, or at least 4 characters of its beginning');
  expect(athena.journal.count('ListWorkGroups')).toBe(0);
});
