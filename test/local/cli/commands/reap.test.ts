import { expect, test } from 'vitest';
import { accountAt, appWith, run } from '../../../support/command-line.js';

/** Three that are due, longest idle first. */
async function threeDue() {
  const served = await accountAt();
  served.region.createWorkgroup({ name: 'etl' });
  const put = (minutes: number) =>
    served.region.putSession({ workGroup: 'etl', minutesInState: minutes, idleTimeoutMinutes: 480 });
  return { ...served, ids: [put(200), put(95), put(60)] as const };
}

test('reap shows what is due, asks with the counts, and ends it', async () => {
  const { region, ids } = await threeDue();
  const { exitCode, stdout, stderr } = await run(['reap'], { answer: () => 'y' });
  expect(exitCode).toBe(0);
  expect(stderr).toContain('End 3 sessions in 1 workgroup (eu-west-1)? [y/N]');
  expect(stdout).toMatch(/WOULD BE ENDED \(3\)[\s\S]*ENDED \(3\)[\s\S]*Returned +3 TERMINATING/);
  expect(ids.map((id) => region.session(id).state)).not.toContain('IDLE');
});

test.each(['n', '', 'yesterday'])('reap ends nothing where the answer is "%s"', async (answer) => {
  const { athena } = await threeDue();
  const { exitCode, stderr } = await run(['reap'], { answer: () => answer });
  expect(exitCode).toBe(0);
  expect(stderr).toContain('Nothing was ended.');
  expect(athena.journal.count('TerminateSession')).toBe(0);
});

test('reap refuses where nobody can be asked, before any call', async () => {
  const { athena } = await threeDue();
  const { exitCode, stderr } = await run(['reap']);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('--yes');
  expect(athena.journal.calls).toHaveLength(0);
});

test('reap --yes asks nobody, and --json prints one report', async () => {
  await threeDue();
  const { exitCode, stdout, stderr } = await run(['reap', '--yes', '--defaults', '--json']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({ mode: 'terminate', counts: { due: 3, terminated: 3 } });
});

test('the report of reap holds what it listed beside what it ended', async () => {
  const { athena, region, ids } = await threeDue();
  region.createWorkgroup({ name: 'closed' });
  region.createWorkgroup({ name: 'exempt', tags: { 'session-reaper:exempt': 'true' } });
  region.putSession({ workGroup: 'exempt', minutesInState: 300 });
  const kept = region.putSession({ workGroup: 'etl', minutesInState: 5 });
  const denied = { kind: 'error', code: 'AccessDeniedException', message: 'No.' } as const;
  athena.script({ ...denied, operation: 'ListSessions', where: ({ workGroup }) => workGroup === 'closed' });
  const cwd = await appWith({ maxTerminationsPerSweep: 2 });
  const { exitCode, stdout, stderr } = await run(['reap', '--yes', '--json'], { cwd });
  expect(exitCode).toBe(2);
  const { counts, ...report } = JSON.parse(stdout);
  expect(report).toMatchObject({
    mode: 'terminate',
    complete: false,
    notListed: [{ workGroup: 'closed' }],
    regions: [{ region: 'eu-west-1', counts }],
  });
  expect(counts).toMatchObject({
    workgroups: 2,
    notListed: 1,
    listed: 5,
    kept: 1,
    due: 4,
    spared: 1,
    terminated: 2,
    deferred: 1,
    wouldTerminate: 0,
  });
  expect(report.sessions).toHaveLength(4);
  expect(stderr).toContain('1 workgroup or region could not be listed, 1 due session left for later.');
  const table = await run(['reap', '--yes', '--defaults']);
  expect(table.stdout).toContain(kept);
  expect(table.stdout).toMatch(/SPARED \(1\)[\s\S]*KEPT \(1\)[\s\S]*Not listed +1/);
  expect(region.session(ids[0]).state).not.toBe('IDLE');
});

test.each([
  ['a question that was answered with no', ['reap', '--json'], () => 'n'],
  ['--dry-run', ['reap', '--dry-run', '--yes', '--json'], undefined],
])('after %s the report says that nothing was done', async (_, args, answer) => {
  const { athena } = await threeDue();
  const { exitCode, stdout } = await run(args, answer ? { answer } : {});
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ mode: 'report', counts: { wouldTerminate: 3, terminated: 0 } });
  expect(athena.journal.count('TerminateSession')).toBe(0);
});

test('reap distinguishes what could not be judged from what could not be ended', async () => {
  const { athena, region, ids } = await threeDue();
  const denied = { kind: 'error', code: 'AccessDeniedException', message: 'No.' } as const;
  athena.script({ ...denied, operation: 'GetSession', sessionId: ids[0] });
  athena.script({ ...denied, operation: 'TerminateSession', sessionId: ids[1] });
  const { exitCode, stdout, stderr } = await run(['reap', '--yes', '--defaults']);
  expect(exitCode).toBe(2);
  expect(stdout).toMatch(/COULD NOT BE ENDED \(1\)[\s\S]*COULD NOT BE JUDGED, and so was not ended \(1\)/);
  expect(stderr).toContain('1 session could not be judged, 1 session could not be ended.');
  expect(region.session(ids[2]).state).not.toBe('IDLE');
});

test('reap --yes ends nothing by settings that nobody chose, and calls nothing', async () => {
  const { athena } = await threeDue();
  const { exitCode, stdout, stderr } = await run(['reap', '--yes', '--json']);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  for (const option of ['--config', '--deployed', '--defaults']) expect(stderr).toContain(option);
  expect(stderr).toContain('no cdk.json here or above');
  expect(athena.journal.calls).toHaveLength(0);
});

test.each([
  ['--defaults', ['--defaults'], 'defaults, because of --defaults'],
  ['a file', ['--config', 'cdk.json'], 'cdk.json'],
  ['the nearest cdk.json', [], 'cdk.json'],
])('reap --yes ends sessions by %s, and its report names the source', async (_, options, settingsSource) => {
  await threeDue();
  const cwd = await appWith({ idleMinutes: 30 });
  const { exitCode, stdout } = await run(['reap', '--yes', '--json', ...options], { cwd });
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ settingsSource, counts: { terminated: 3 } });
});

test('reap spares what was used again between the table and the answer', async () => {
  const { region, ids } = await threeDue();
  const answer = () => {
    region.runCalculation(ids[1], 60_000);
    return 'yes';
  };
  const { exitCode, stdout } = await run(['reap'], { answer });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(new RegExp(`SPARED \\(1\\)\n[\\s\\S]*${ids[1]} .*BUSY at the last look`));
  expect(region.session(ids[1]).state).toBe('BUSY');
  expect(region.session(ids[0]).state).not.toBe('IDLE');
});

test('reap spares what was tagged between the table and the answer', async () => {
  const { region, ids } = await threeDue();
  const answer = () => {
    region.tag({ sessionId: ids[0] }, { 'session-reaper:exempt': 'true' });
    return 'y';
  };
  await run(['reap'], { answer });
  expect(ids.map((id) => region.session(id).state === 'IDLE')).toEqual([true, false, false]);
});

test('reap does not end what became due after the table', async () => {
  const { region, ids } = await threeDue();
  let later = '';
  const answer = () => {
    later = region.putSession({ workGroup: 'etl', minutesInState: 500 });
    return 'y';
  };
  await run(['reap'], { answer });
  expect(region.session(later).state).toBe('IDLE');
  expect(region.session(ids[0]).state).not.toBe('IDLE');
});

test('reap looks at each session right before it ends it', async () => {
  const { athena, ids } = await threeDue();
  await run(['reap', '--yes', '--defaults']);
  for (const id of ids) {
    const [termination, ...others] = athena.journal.witness(id).terminations;
    expect(others).toEqual([]);
    expect(termination?.lastLook?.operation).toBe('GetSession');
  }
});

test('reap ends no more than the cap, says what is left, and exits with 2', async () => {
  const { region, ids } = await threeDue();
  const { exitCode, stdout, stderr } = await run(['reap'], {
    answer: () => 'y',
    cwd: await appWith({ maxTerminationsPerSweep: 2 }),
  });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('End 2 of 3 sessions');
  expect(stdout).toContain('Left for later  1');
  expect(stderr).toContain('1 due session left for later.\n  maxTerminationsPerSweep is 2.');
  expect(ids.map((id) => region.session(id).state === 'IDLE')).toEqual([false, false, true]);
});

test('reap without anything due asks nothing', async () => {
  const { athena, region } = await accountAt();
  region.createWorkgroup({ name: 'primary' });
  const { exitCode, stderr } = await run(['reap'], { answer: () => 'y' });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(athena.journal.count('TerminateSession')).toBe(0);
});

test('reap that is stopped says what it ended, and leaves the rest', async () => {
  const { athena, region, ids } = await threeDue();
  const interruption = new AbortController();
  athena.script({ kind: 'after', operation: 'TerminateSession', run: () => interruption.abort() });
  athena.script({ kind: 'delay', operation: 'GetSession', sessionId: ids[2], after: 1, ms: 300 });
  const { exitCode, stderr } = await run(['reap', '--yes', '--defaults'], {
    interrupted: interruption.signal,
  });
  expect(exitCode).toBe(130);
  expect(stderr).toMatch(/Stopped\. \d sessions? ended, \d of those shown not reached\./);
  expect(region.session(ids[2]).state).toBe('IDLE');
});

test('reap that is stopped at the question ends nothing and exits with 130', async () => {
  const { athena } = await threeDue();
  const interruption = new AbortController();
  const answer = () => {
    interruption.abort();
    return 'y';
  };
  const { exitCode, stderr } = await run(['reap'], { answer, interrupted: interruption.signal });
  expect(exitCode).toBe(130);
  expect(stderr).toContain('nothing was ended');
  expect(athena.journal.count('TerminateSession')).toBe(0);
});

test('reap says which sessions could not be ended, and exits with 2', async () => {
  const { athena, ids } = await threeDue();
  athena.script({
    kind: 'error',
    operation: 'TerminateSession',
    sessionId: ids[0],
    code: 'AccessDeniedException',
    message: 'User is not authorized to perform: athena:TerminateSession',
  });
  const { exitCode, stdout, stderr } = await run(['reap', '--yes', '--defaults']);
  expect(exitCode).toBe(2);
  expect(stdout).toContain('COULD NOT BE ENDED (1)');
  expect(stderr).toContain('1 session could not be ended');
  expect(stderr).toContain('Allow athena:TerminateSession on arn:aws:athena:eu-west-1:*:workgroup/etl');
});
