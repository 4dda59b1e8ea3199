import { expect, test } from 'vitest';
import type { EmbeddedAthenaOptions } from '../../../../local/athena/index.js';
import { outcomesOf, sweepAt } from '../../../support/athena.js';
import { accountAt, appWith, run } from '../../../support/command-line.js';
import { hurryTime } from '../../../support/hurried-time.js';

const ETL = 'arn:aws:athena:eu-west-1:111122223333:workgroup/etl';
const DAY = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

/** A session that is due, in a workgroup with another. */
async function dueInEtl(options: EmbeddedAthenaOptions = {}) {
  const served = await accountAt(options);
  served.region.createWorkgroup({ name: 'etl' });
  const id = served.region.putSession({ workGroup: 'etl', minutesInState: 95, idleTimeoutMinutes: 480 });
  const other = served.region.putSession({ workGroup: 'etl', minutesInState: 95 });
  const tagged = (sessionId?: string) => {
    const calls = served.athena.journal.of('TagResource');
    const arn = sessionId === undefined ? ETL : `${ETL}/session/${sessionId}`;
    return calls.filter(({ input }) => input.ResourceARN === arn).map(({ input }) => input.Tags);
  };
  return { ...served, id, other, tagged };
}

test('exempt sets the tag on the session alone, reads it back, and a sweep spares it', async () => {
  const { id, other, tagged, url } = await dueInEtl();
  const { exitCode, stdout, stderr } = await run(['exempt', id]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(tagged(id)).toEqual([[{ Key: 'session-reaper:exempt', Value: 'true' }]]);
  expect(stdout).toContain('Tag prefix  session-reaper (defaults, no cdk.json here or above)');
  expect(stdout).toContain('session-reaper:exempt=true was set on the session');
  expect(stdout).toContain('Read back   Athena shows it so');
  expect(stdout).toContain('without an end, by tag session-reaper:exempt=true on session');
  expect(stdout).toMatch(
    /its own idle timeout of 8 h ends it all the same, at \S+ \S+ UTC, unless it is used/,
  );
  const { report } = await sweepAt(url);
  expect(outcomesOf(report.sessions)).toEqual({ [id]: 'spared', [other]: 'terminated' });
});

test('exempt costs a look, the tag, and the reading of tags before and after', async () => {
  const { athena, id } = await dueInEtl();
  await run(['exempt', id]);
  expect(athena.journal.calls.map(({ operation }) => operation).sort()).toEqual(
    ['GetSession', 'ListTagsForResource', 'ListTagsForResource', 'ListTagsForResource', 'TagResource'].sort(),
  );
});

test('exempt --until takes a date as it is written, and says when it is over everywhere', async () => {
  const { id, tagged } = await dueInEtl();
  const until = inDays(3);
  const { stdout } = await run(['exempt', id, '--until', until]);
  expect(tagged(id)).toEqual([[{ Key: 'session-reaper:exempt', Value: until }]]);
  expect(stdout).toContain(`Exempt      until ${inDays(4)} 11:59:59 UTC, by tag`);
});

test.each([
  [
    ['--until', '2020-01-01'],
    "found 2020-01-01, which is over by Athena's clock; allowed: a date or time in the future",
  ],
  [['--until', 'tomorrow'], 'Allowed: a date such as 2026-12-24, or a time such as 2026-12-24T18:00:00Z'],
  [['--for', '0h'], 'Allowed: 1m to 366d, as a whole number and m, h, d or w'],
  [['--for', '367d'], 'Allowed: 1m to 366d'],
  [['--for', '2h', '--until', '2099-01-01'], "cannot be used with option '--until"],
  [['--remove', '--for', '2h'], "cannot be used with option '--for"],
  [['--workgroup', 'etl'], 'found a session and --workgroup; allowed: one of them'],
])('exempt refuses %j, and changes nothing', async (options, why) => {
  const { athena, id } = await dueInEtl();
  const { exitCode, stderr } = await run(['exempt', id, ...options]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(why);
  expect(athena.journal.count('TagResource')).toBe(0);
});

test.each([
  [[], 'found neither a session nor --workgroup; allowed: one of them'],
  [['--workgroup', 'e*'], 'one, without wildcards'],
])('exempt refuses %j', async (options, why) => {
  await dueInEtl();
  const { exitCode, stderr } = await run(['exempt', ...options]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(why);
});

test("exempt --for counts from Athena's clock, whatever the clock here says", async () => {
  const { id, region } = await dueInEtl({ clockOffsetMs: 3 * 3_600_000 });
  const before = region.now();
  const { stdout } = await run(['exempt', id, '--for', '2h']);
  const [, written = ''] = /exempt=(\S+Z) was set/.exec(stdout) ?? [];
  const minutes = (Date.parse(written) - before) / 60_000;
  expect(minutes).toBeGreaterThan(119.9);
  expect(minutes).toBeLessThan(120.5);
});

test('exempt --workgroup tags the workgroup, in the one region that has it', async () => {
  const { athena, id, other, tagged, url } = await dueInEtl();
  const { exitCode, stdout } = await run([
    'exempt',
    '--workgroup',
    'etl',
    ...['--region', 'us-east-1', '--region', 'eu-west-1'],
  ]);
  expect(exitCode).toBe(0);
  expect(tagged()).toEqual([[{ Key: 'session-reaper:exempt', Value: 'true' }]]);
  expect(stdout).toContain('Workgroup   etl in eu-west-1');
  expect(athena.journal.count('GetSession')).toBe(0);
  const { report } = await sweepAt(url);
  expect(outcomesOf(report.sessions)).toEqual({ [id]: 'spared', [other]: 'spared' });
});

test('exempt --workgroup asks which one is meant where two regions have one of that name', async () => {
  const { athena } = await dueInEtl();
  athena.region('us-east-1').createWorkgroup({ name: 'etl' });
  const regions = ['--region', 'eu-west-1', '--region', 'us-east-1'];
  const { exitCode, stderr } = await run(['exempt', '--workgroup', 'etl', ...regions]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('found etl in eu-west-1, us-east-1; allowed: one of them, named with --region');
  const none = await run(['exempt', '--workgroup', 'elt', ...regions]);
  expect(none.exitCode).toBe(2);
  expect(none.stderr).toContain('There is no workgroup elt in eu-west-1, us-east-1.');
});

test('exempt --remove takes the tag away however its key is written, and says what still exempts', async () => {
  const { athena, id, region } = await dueInEtl();
  region.tag({ sessionId: id }, { 'Session-Reaper:EXEMPT': 'true', 'session-reaper:exempt': '2099-01-01' });
  region.tag({ workGroup: 'etl' }, { 'session-reaper:exempt': '2099-06-01' });
  const { exitCode, stdout } = await run(['exempt', id, '--remove']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Session-Reaper:EXEMPT, session-reaper:exempt was removed from the session');
  expect(stdout).toMatch(/Exempt {6}until 2099-06-02 11:59:59 UTC, by tag .* on workgroup/);
  await run(['exempt', '--workgroup', 'etl', '--remove']);
  const again = await run(['exempt', id, '--remove']);
  expect(again.stdout).toContain('nothing was changed: the session has no such tag');
  expect(again.stdout).toContain('Exempt      no');
  expect(athena.journal.count('UntagResource')).toBe(2);
});

test('exempt names the longer exemption of another tag', async () => {
  const { id, region } = await dueInEtl();
  region.tag({ sessionId: id }, { 'SESSION-REAPER:exempt': 'yes' });
  const { stdout } = await run(['exempt', id, '--until', inDays(2)]);
  expect(stdout).toContain('Exempt      without an end, by tag SESSION-REAPER:exempt=yes on session');
  expect(stdout).toContain(`also until ${inDays(3)} 11:59:59 UTC, by tag session-reaper:exempt`);
});

test('exempt takes the tag prefix from the settings, and refuses where tags are off', async () => {
  const { id, tagged } = await dueInEtl();
  const { stdout } = await run(['exempt', id], { cwd: await appWith({ tags: { prefix: 'team' } }) });
  expect(tagged(id)).toEqual([[{ Key: 'team:exempt', Value: 'true' }]]);
  expect(stdout).toContain('Tag prefix  team (cdk.json)');
  const off = await run(['exempt', id], { cwd: await appWith({ tags: { enabled: false } }) });
  expect(off.exitCode).toBe(1);
  expect(off.stderr).toContain('tags.enabled: found false (cdk.json); allowed: true');
});

test('exempt of a session that has ended says so, and changes nothing', async () => {
  const { athena, id, region } = await dueInEtl();
  region.endSession(id);
  const { exitCode, stderr } = await run(['exempt', id]);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/is TERMINAT\w+: there is nothing left to spare/);
  expect(athena.journal.count('TagResource')).toBe(0);
});

test('where sessions take no tags, exempt says to tag the workgroup', async () => {
  const { id } = await dueInEtl({ world: { sessionTags: 'InvalidRequestException' } });
  const { exitCode, stdout, stderr } = await run(['exempt', id]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain('Nothing was changed.');
  expect(stderr).toContain('Tag its workgroup: exempt --workgroup etl.');
});

test('where the tag is taken but cannot be read back, exempt says so and exits with 2', async () => {
  const { athena, id, tagged } = await dueInEtl();
  athena.script({ kind: 'error', operation: 'ListTagsForResource', code: 'AccessDeniedException' });
  const denied = await run(['exempt', id]);
  expect(denied.exitCode).toBe(2);
  expect(denied.stdout).toContain('was set on the session');
  expect(denied.stdout).toContain('could not be done: ListTagsForResource: AccessDeniedException');
  expect(denied.stdout).toContain('→ Allow athena:ListTagsForResource');
  expect(denied.stdout).toContain('Exempt      not known, because its tags cannot be read');
  athena.clearScript();
  athena.script({
    kind: 'error',
    operation: 'ListTagsForResource',
    code: 'InvalidRequestException',
    sessionId: id,
  });
  const unreadable = await run(['exempt', id]);
  expect(unreadable.exitCode).toBe(2);
  expect(unreadable.stdout).toContain('and the reaper cannot read them either');
  expect(tagged(id)).toHaveLength(2);
});

test('where Athena does not show the tag, exempt does not claim it', async () => {
  hurryTime();
  const { athena, id, region } = await dueInEtl();
  athena.script({
    kind: 'after',
    operation: 'TagResource',
    run: () => region.tag({ sessionId: id }, { 'session-reaper:exempt': undefined }),
  });
  const { exitCode, stdout, stderr } = await run(['exempt', id]);
  expect(exitCode).toBe(2);
  expect(stdout).toContain('Athena does not show it');
  expect(stderr).toContain('Athena did not show that the change was made.');
});

test('exempt without the right to tag names action and ARN', async () => {
  const { athena, id } = await dueInEtl();
  athena.script({ kind: 'error', operation: 'TagResource', code: 'AccessDeniedException', message: 'No.' });
  const { exitCode, stderr } = await run(['exempt', id]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('Nothing was changed.');
  expect(stderr).toContain(`Allow athena:TagResource on ${ETL}/session/${id}`);
});

test('an answer that is lost on its way is no guess: the tag is looked at', async () => {
  hurryTime();
  const { athena, id } = await dueInEtl();
  athena.script({ kind: 'cut', operation: 'TagResource' });
  const { exitCode, stdout } = await run(['exempt', id]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Athena shows it so');
});

test('Ctrl+C before the change leaves everything as it was, and says so', async () => {
  const { athena, id } = await dueInEtl();
  const interruption = new AbortController();
  athena.script({ kind: 'before', operation: 'ListTagsForResource', run: () => interruption.abort() });
  const { exitCode, stdout, stderr } = await run(['exempt', id], { interrupted: interruption.signal });
  expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: '' });
  expect(stderr).toContain('Stopped. Nothing was changed.');
  expect(athena.journal.count('TagResource')).toBe(0);
});

test.each(['before', 'after'] as const)(
  'Ctrl+C %s the change takes effect: all of it is said',
  async (kind) => {
    const { athena, tagged } = await dueInEtl();
    const interruption = new AbortController();
    athena.script({ kind, operation: 'TagResource', run: () => interruption.abort() });
    const { exitCode, stdout, stderr } = await run(['exempt', '--workgroup', 'etl'], {
      interrupted: interruption.signal,
    });
    expect(exitCode).toBe(130);
    expect(tagged()).toHaveLength(1);
    expect(stdout).toContain('session-reaper:exempt=true was set on the workgroup');
    expect(stdout).toContain('Read back   Athena shows it so');
    expect(stderr).toContain('Stopped, after what is said above was done.');
  },
);

test('tags that others wrote are shown without control characters', async () => {
  const { id, region } = await dueInEtl();
  region.tag({ workGroup: 'etl' }, { 'session-reaper:exempt': 'y\u001b[31m\nes' });
  const { stdout } = await run(['exempt', id]);
  expect(stdout).toContain('by tag session-reaper:exempt=y [31m es on workgroup');
  expect(stdout).not.toContain('\u001b');
});

test('exempt says so where tags.maxExemptDays ends an exemption sooner than its tag', async () => {
  const { id, region } = await dueInEtl();
  const cwd = await appWith({ tags: { maxExemptDays: 3 } });
  const { stdout } = await run(['exempt', id], { cwd });
  const end = new Date(region.session(id).startedAt.getTime() + 3 * DAY).toISOString();
  expect(stdout).toContain(`Exempt      until ${end.slice(0, 19).replace('T', ' ')} UTC, by tag`);
  expect(stdout).toContain('no tag exempts a session for longer than 3 days after its start');
});
