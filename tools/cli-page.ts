import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { install } from '@sinonjs/fake-timers';
import { DEMO_FLEET, placeFleet, readFleet } from '../local/athena/fleets/fleet.js';
import {
  type AthenaRegion,
  DEFAULT_ACCOUNT,
  EmbeddedAthena,
  type SessionSnapshot,
  serveAthena,
} from '../local/athena/index.js';
import { pointAwsClientsAt } from '../local/cli/terminal/aws-environment.js';
import type { Terminal } from '../local/cli/terminal/terminal.js';
import { main } from '../local/program.js';

const REGION = 'eu-west-1';

/** Settings that leave something to see. */
const CDK_JSON = {
  context: {
    reaper: {
      workgroups: { exclude: ['streaming-*'] },
      rules: [
        { match: { workgroup: 'prod-*' }, exempt: true },
        { match: { description: 'dbt: *' }, idleMinutes: 60 },
      ],
    },
  },
};

/**
 * `docs/cli.md`: the help of every command, and what commands really print. Time stands still meanwhile, and the
 * account is the one of the demo, so that the page is the same each time it is written.
 */
export async function cliPage(): Promise<string> {
  const clock = install({ now: new Date('2026-03-02T10:00:00Z'), toFake: ['Date'] });
  const folder = await mkdtemp(path.join(tmpdir(), 'reaper-docs-'));
  const athena = new EmbeddedAthena();
  const region = athena.region(REGION);
  placeFleet(region, await readFleet(DEMO_FLEET));
  const { url, close } = await serveAthena(athena);
  try {
    await writeFile(path.join(folder, 'cdk.json'), JSON.stringify(CDK_JSON));
    pointAwsClientsAt(url, REGION);
    Object.assign(process.env, { COLUMNS: '80', NO_COLOR: '1' });
    const sections = [INTRODUCTION, await shown(['--help'], folder)];
    for (const section of sectionsOn(region)) sections.push(await written(section, folder));
    // The port is another one each time.
    return `${sections.join('\n\n').replaceAll(url, 'http://127.0.0.1:4570')}\n`;
  } finally {
    clock.uninstall();
    await close();
    await rm(folder, { recursive: true });
  }
}

const INTRODUCTION = `# The command line

<!-- Written by \`npm run docs:cli\` from what the commands print; a test fails when it is stale. -->

From the package you run \`npx athena-session-reaper\`, from a clone \`npm run reaper --\`. Everything below was printed
by the commands themselves, in 80 columns, on the account of \`demo\`; time stood still meanwhile.

Tables go to stdout; progress, questions and errors go to stderr. In a pipe there is no progress and no colour, and
each session is one line, however long, so that \`scan | grep data-science\` gives ids. On a terminal of 100 columns or
more it is one line, too, with its id whole and the rest shortened to fit. \`COLUMNS\` and \`NO_COLOR\` are honoured. For programs there are \`--json\` and \`--csv\`.

Credentials are found as every AWS tool finds them: environment, profiles, \`aws login\`, single sign-on, roles, MFA
codes. \`--profile\` takes the whole profile, but for a Region that \`AWS_REGION\` or \`AWS_DEFAULT_REGION\` names, as in the
AWS CLI. \`HTTPS_PROXY\`, \`NO_PROXY\` and \`AWS_CA_BUNDLE\` are honoured, for roles and single sign-on too. \`policy\`
prints what each command has to be allowed.`;

interface Section {
  readonly command: string;
  readonly text: string;
  readonly examples: readonly (readonly string[])[];
}

/** The beginning of an id, as people type it. */
function shortOf(session: SessionSnapshot | undefined): string {
  return session?.sessionId.slice(0, 8) ?? '';
}

function sectionsOn(region: AthenaRegion): readonly Section[] {
  const [due] = region
    .sessions()
    .filter(({ workGroup }) => workGroup === 'dbt-prod')
    .slice(3);
  return [
    {
      command: 'scan',
      text: 'It shows what a sweep would do now. Sessions are grouped by what would become of them.',
      examples: [
        ['scan', '--workgroup', 'd*'],
        ['scan', '--workgroup', 'd*', '--csv'],
        ['scan', '--workgroup', 'd*', '--summary', '--owners', '--dpus'],
      ],
    },
    {
      command: 'explain',
      text: 'It says why a session is due, or why it is not.',
      examples: [['explain', due?.sessionId ?? '']],
    },
    {
      command: 'reap',
      text: 'It prints the table of `scan`, asks, and prints the table of what was ended.',
      examples: [['reap', '--workgroup', 'wrangler-*']],
    },
    {
      command: 'exempt',
      text:
        'Owners spare their own sessions by a tag. The command sets it with their own credentials, and reads it back. ' +
        '[for-session-owners.md](for-session-owners.md) is the page for them.',
      examples: [['exempt', shortOf(due), '--until', '2026-03-06']],
    },
    {
      command: 'extend',
      text: 'It does the same for some hours or days from now on, and never for less than holds already.',
      examples: [['extend', shortOf(due), '7d']],
    },
    {
      command: 'exemptions',
      text: 'It shows what is exempt, so that nothing stays exempt by accident.',
      examples: [['exemptions']],
    },
    {
      command: 'verify',
      text:
        'It finds out what Athena does not document, with one session of its own. [verify.md](verify.md) has an example, ' +
        'and what each fact is for.',
      examples: [],
    },
    {
      command: 'status',
      text: 'It says whether what was deployed is well. The stack has this command among its outputs.',
      examples: [],
    },
    {
      command: 'policy',
      text: 'It prints what IAM has to allow to whoever runs a command.',
      examples: [['policy', 'scan', '--region', REGION, '--account', DEFAULT_ACCOUNT]],
    },
    {
      command: 'check',
      text: 'It shows the settings that hold, and where each comes from.',
      examples: [['check', '--idle-minutes', '45']],
    },
    {
      command: 'demo',
      text: 'This is what `npm start` runs. The README shows a part of its output.',
      examples: [],
    },
    {
      command: 'simulate',
      text: 'It plays a day of an invented account, in some seconds.',
      examples: [],
    },
    {
      command: 'template',
      text: 'It writes what CloudFormation, Terraform or the console deploy. The settings are in the template, and a few are parameters.',
      examples: [],
    },
  ];
}

async function written({ command, text, examples }: Section, cwd: string): Promise<string> {
  const parts = [`## ${command}`, text, await shown([command, '--help'], cwd)];
  for (const example of examples) parts.push(await shown(example, cwd));
  return parts.join('\n\n');
}

/** A command line and all that it prints; a question is answered with yes. */
async function shown(args: readonly string[], cwd: string): Promise<string> {
  const stdin = new PassThrough();
  let printed = '';
  const screen = new Writable({
    write(chunk, _encoding, done) {
      printed += String(chunk);
      if (printed.endsWith('[y/N] ')) {
        printed += 'y\n';
        stdin.write('y\n');
      }
      done();
    },
  });
  const terminal: Terminal = {
    stdout: screen,
    stderr: screen,
    stdin,
    canAsk: true,
    cwd,
    interrupted: new AbortController().signal,
  };
  await main(args, terminal);
  const quoted = args.map((arg) => (/[*?]/.test(arg) ? `'${arg}'` : arg)).join(' ');
  return `\`\`\`console\n$ athena-session-reaper ${quoted}\n${printed.trimEnd()}\n\`\`\``;
}
