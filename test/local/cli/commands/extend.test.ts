import { expect, test } from 'vitest';
import { accountAt, run } from '../../../support/command-line.js';

async function dueInEtl(clockOffsetMs = 0) {
  const served = await accountAt({ clockOffsetMs });
  served.region.createWorkgroup({ name: 'etl' });
  const id = served.region.putSession({ workGroup: 'etl', minutesInState: 95 });
  return { ...served, id };
}

test("extend exempts a session until then by Athena's clock", async () => {
  const { athena, id, region } = await dueInEtl(-7 * 60_000);
  const before = region.now();
  const { exitCode, stdout } = await run(['extend', id, '2h']);
  expect(exitCode).toBe(0);
  const [call] = athena.journal.of('TagResource');
  expect(call?.input.ResourceARN).toMatch(new RegExp(`workgroup/etl/session/${id}$`));
  const [, written = ''] = /exempt=(\S+Z) was set on the session/.exec(stdout) ?? [];
  const minutes = (Date.parse(written) - before) / 60_000;
  expect(minutes).toBeGreaterThan(119.9);
  expect(minutes).toBeLessThan(120.5);
  expect(stdout).toMatch(/Exempt {6}until 20\S+ \S+ UTC, by tag/);
});

test('extend takes a second time from the end that there is, if that is later than now', async () => {
  const { athena, id } = await dueInEtl();
  await run(['extend', id, '2h']);
  await run(['extend', id, '3h']);
  expect(athena.journal.count('TagResource')).toBe(2);
  const shorter = await run(['extend', id, '1h']);
  expect(shorter.exitCode).toBe(0);
  expect(shorter.stdout).toContain('nothing was changed: it is exempt for as long already');
  expect(athena.journal.count('TagResource')).toBe(2);
});

test.each([
  ['session', { 'session-reaper:exempt': 'true' }],
  ['workgroup', { 'session-reaper:exempt': '2099-01-01' }],
] as const)('extend leaves a longer exemption of the %s as it is', async (place, tags) => {
  const { athena, id, region } = await dueInEtl();
  region.tag(place === 'session' ? { sessionId: id } : { workGroup: 'etl' }, tags);
  const { stdout } = await run(['extend', id, '2h']);
  expect(stdout).toContain('nothing was changed');
  expect(stdout).toContain(`on ${place}`);
  expect(athena.journal.count('TagResource')).toBe(0);
});

test.each(['2', 'h', '1.5h', '-2h', '2 h', '9999d'])('extend refuses the duration %j', async (text) => {
  const { id } = await dueInEtl();
  const { exitCode, stderr } = await run(['extend', id, '--', text]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('Allowed: 1m to 366d, as a whole number and m, h, d or w.');
});
