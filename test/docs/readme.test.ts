/** Holds the README to what it shows: its length, the output of the demo, the settings on its command lines. */
import { readFileSync } from 'node:fs';
import { install } from '@sinonjs/fake-timers';
import { expect, test } from 'vitest';
import { readReaperContext } from '../../lib/config/config.js';
import packageJson from '../../package.json' with { type: 'json' };
import { accountAt, run, useEnvironment } from '../support/command-line.js';
import { hurryTime } from '../support/hurried-time.js';
import { codeOn } from './pages.js';
import { firstLineMissing } from './shown-output.js';

const README = readFileSync('README.md', 'utf8');
/** What `npm start` runs, without the program. */
const [, , ...demo] = packageJson.scripts.start.split(' ');

test('is short enough to be read', () => {
  expect(Buffer.byteLength(README)).toBeLessThanOrEqual(9_000);
});

test.each(codeOn(README).blocks('text'))('shows what a command really prints', async (shown) => {
  useEnvironment({ COLUMNS: '200' });
  // Time stands still meanwhile: what is saved is cents less for each second that the demo takes.
  const clock = install({ now: new Date('2026-03-02T10:00:00Z'), toFake: ['Date'] });
  const { stdout, stderr, exitCode } = await run(demo).finally(() => clock.uninstall());

  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(firstLineMissing(shown, stdout)).toBeUndefined();
});

const COMMANDS = [
  ...codeOn(README)
    .blocks('sh')
    .flatMap((block) => block.split('\n').map((line) => line.replace(/ +#.*/, ''))),
  ...codeOn(README).spans.filter((span) => /^np[mx] /.test(span)),
];
const OURS = 'npx athena-session-reaper ';

test.each(COMMANDS.filter((command) => command.startsWith(OURS)))(
  'shows a command that runs: %s',
  async (command) => {
    hurryTime();
    const { region } = await accountAt({
      timings: { creatingMs: 300, createdMs: 100 },
      world: { secondsToTerminated: 0 },
    });
    region.createWorkgroup({ name: 'notebooks', engine: 'Apache Spark version 3.5' });
    const { exitCode } = await run(command.slice(OURS.length).split(' '), { answer: () => 'y' });

    expect(exitCode).toBe(0);
  },
);

test('shows no other command than these, which are run elsewhere', () => {
  expect(COMMANDS.filter((command) => !command.startsWith(OURS)).toSorted()).toEqual([
    // By `.ci/run`, and the demo above.
    'npm ci && npm start',
    'npm cit',
    // The tests in this process run what it runs.
    'npm run reaper --',
    // By `npm run check:page`.
    'npm run simulate',
    // By `npm run test:status`.
    'npx cdk bootstrap',
    'npx cdk deploy',
    'npx cdk deploy -c reaper.mode=report',
    'npx cdk destroy',
  ]);
});

test.each(
  [...README.matchAll(/cdk deploy -c (\w+\S+)=(\w+)`/g)].map(([, key = '', value = '']) => ({ key, value })),
)('a deployment takes the setting $key=$value', ({ key, value }) => {
  expect(() => readReaperContext({ [key]: value })).not.toThrow();
});
