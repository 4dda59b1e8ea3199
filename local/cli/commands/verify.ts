/** The command `verify`. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AthenaClient } from '@aws-sdk/client-athena';
import { Command } from 'commander';
import type { Account } from '../../../lambda/athena/athena-sessions.js';
import { failureOf } from '../../../lambda/athena/errors.js';
import { PATTERNS } from '../../../lambda/contract/settings.js';
import { AccountError } from '../../account/account-error.js';
import { adviceFor } from '../../account/advice.js';
import { systemClock, type World } from '../../athena/index.js';
import { type ChosenWorkgroup, chooseWorkgroup } from '../../verification/choose-workgroup.js';
import { costOf } from '../../verification/cost.js';
import { runExperiment } from '../../verification/experiment/experiment.js';
import { ExperimentCalls } from '../../verification/experiment/experiment-calls.js';
import type { AskForWork } from '../../verification/experiment/work-watch.js';
import { factsOf } from '../../verification/facts/facts.js';
import { recordedWorld } from '../../verification/recorded-world.js';
import { type VerificationReport, verificationProblem } from '../../verification/report.js';
import { matching } from '../options/arguments.js';
import { addProfileOption, configOption, effectiveSettings } from '../options/settings-options.js';
import { CommandError, EXIT } from '../terminal/exit-code.js';
import { confirmed } from '../terminal/questions.js';
import { coloursFor, columnsOf, isTerminal, type Terminal, tableColumnsOf } from '../terminal/terminal.js';
import { planText, workText } from '../text/verification-plan.js';
import { factsText, ownSessionsText } from '../text/verification-text.js';
import { connectFor } from './connect-for.js';

interface VerifyOptions {
  readonly workgroup?: string;
  readonly region?: string;
  readonly profile?: string;
  readonly config?: string;
  readonly defaultTimeout?: true;
  readonly rates?: true;
  readonly sparkConnect?: true;
  readonly record?: string;
  readonly yes?: true;
  readonly json?: true;
}

/** `verify`: which Athena this is, found out with one session. */
export function verifyCommand(terminal: Terminal): Command {
  const command = new Command('verify')
    .description(
      'Starts a session of its own, watches it, ends it, and reports for each fact that Athena does not document ' +
        'what was seen, whether the reaper relies on it, and what follows for your settings. It says what it will do ' +
        'and cost, and asks.',
    )
    .option('--workgroup <name>', 'Spark workgroup to start the session in; needless where there is only one')
    .option('--region <name>', 'Region to verify', matching(PATTERNS.region))
    .option('--default-timeout', 'also watch a session without an idle timeout, for about 25 minutes')
    .option('--rates', 'also call ListSessions until Athena throttles, at most 100 times; others may notice')
    .option(
      '--spark-connect',
      'also wait for you to run work over Spark Connect in the session, and see what that does to it',
    )
    .option(
      '--record <file>',
      'write the answers as a world for the embedded Athena, without ids and account',
    )
    .option('-y, --yes', 'do not ask; for scripts')
    .option('--json', 'print the facts as JSON, and nothing else')
    .addOption(configOption())
    .action((options: VerifyOptions) => verify(options, terminal));
  return addProfileOption(command).addHelpText('after', EXAMPLES);
}

const EXAMPLES = `
Ends what it started whatever happens, on Ctrl+C too, and nothing else. Exit code 2
where something that the reaper relies on is not so, or a session could not be ended.

Examples:
  $ athena-session-reaper verify
  $ athena-session-reaper verify --workgroup notebooks --record world.json
  $ athena-session-reaper policy verify`;

async function verify(options: VerifyOptions, terminal: Terminal): Promise<void> {
  if (!options.yes && !terminal.canAsk) {
    const why = 'There is no terminal to ask on. To start a session without a question, say --yes.';
    throw new CommandError(why, EXIT.usage);
  }
  const prepared = await prepare(options, terminal);
  const { stdout, stderr, interrupted, cwd } = terminal;
  const plan = planText(prepared.plan, columnsOf(stderr));
  stderr.write(`${plan}\n`);
  if (!options.yes && !(await confirmed('Start the session?', terminal))) {
    stderr.write('Nothing was started.\n');
    return;
  }
  const { report, world } = await experiment(prepared, terminal);
  stdout.write(options.json ? `${JSON.stringify(report, undefined, 2)}\n` : reportText(report, terminal));
  if (options.record !== undefined) await record(options.record, world, cwd);
  if (interrupted.aborted) {
    throw new CommandError(
      `Stopped.\n${ownSessionsText(report.sessions, columnsOf(stderr))}`,
      EXIT.interrupted,
    );
  }
  const problem = verificationProblem(report);
  if (problem !== undefined) throw new CommandError(problem, EXIT.failed);
}

type Prepared = Awaited<ReturnType<typeof prepare>>;

/** Reads settings and workgroups; starts nothing. */
async function prepare(options: VerifyOptions, terminal: Terminal) {
  const { cwd, interrupted } = terminal;
  const { config, region: asked } = options;
  const { settings } = await effectiveSettings(
    { ...(config !== undefined && { config }), ...(asked !== undefined && { region: [asked] }) },
    cwd,
  );
  const connection = await connectFor(options, settings.regions.slice(0, 1), terminal);
  const [region = ''] = connection.regions;
  const client = new AthenaClient({ ...connection.clientConfig, maxAttempts: 1, region });
  const calls = new ExperimentCalls(client, systemClock);
  const workgroups = await calls.workgroups(interrupted).catch((error: unknown) => {
    const { message } = failureOf('ListWorkGroups', error);
    const advice = adviceFor(message, { region });
    throw new AccountError('nothing-listed', advice === undefined ? message : `${message}\n  → ${advice}`);
  });
  const chosen = chooseWorkgroup(workgroups, options.workgroup);
  const account = await connection.namedAfter(region).catch(() => undefined);
  const found = await connection.accountFound;
  const extent = {
    withDefaultTimeout: options.defaultTimeout ?? false,
    withWork: options.sparkConnect ?? false,
  };
  const plan = {
    workGroup: chosen.name,
    engine: chosen.engine,
    where: found.kind === 'known' ? `${region}, account ${found.account.accountId}` : region,
    cost: costOf(settings.dpuHourPrice, extent),
    ...extent,
    withRates: options.rates ?? false,
  };
  return { plan, chosen, region, account, accountFound: found, client, tagPrefix: settings.tags.prefix };
}

async function experiment(
  { plan, chosen, region, account, accountFound, client, tagPrefix }: Prepared,
  terminal: Terminal,
): Promise<{ readonly report: VerificationReport; readonly world: Partial<World> }> {
  const { stderr, interrupted } = terminal;
  const verifiedAt = new Date().toISOString();
  const { observations, sessions } = await runExperiment(
    {
      ...experimentPlace(chosen, region, account),
      tagPrefix,
      withDefaultTimeout: plan.withDefaultTimeout,
      withRates: plan.withRates,
      askForWork: plan.withWork ? askForWork(region, terminal) : undefined,
      progress: (step) => {
        if (isTerminal(stderr)) stderr.write(`… ${step}\n`);
      },
    },
    { client, clock: systemClock, stop: interrupted },
  );
  const report = {
    verifiedAt,
    account: accountFound.kind === 'known' ? accountFound.account.accountId : null,
    region,
    workGroup: chosen.name,
    engine: chosen.engine ?? null,
    facts: factsOf(observations),
    sessions,
  };
  return { report, world: recordedWorld(observations) };
}

/** Where nobody can be asked, the work may be run all the same; that it was run nobody can say. */
function askForWork(region: string, terminal: Terminal): AskForWork {
  const { stderr, canAsk } = terminal;
  return async (sessionId, over) => {
    stderr.write(`\n${workText(sessionId, region, columnsOf(stderr))}\n`);
    if (!canAsk) return undefined;
    return await confirmed('Has the work run to its end?', { ...terminal, interrupted: over });
  };
}

/** @throws CommandError for a file that cannot be written. */
async function record(file: string, world: Partial<World>, cwd: string): Promise<void> {
  const text = `${JSON.stringify(world, undefined, 2)}\n`;
  await writeFile(path.resolve(cwd, file), text).catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(`--record: found ${file}, which cannot be written (${error.code})`, EXIT.failed);
  });
}

function experimentPlace(chosen: ChosenWorkgroup, region: string, account: Account | undefined) {
  const { name: workGroup, engine, sqlWorkGroup } = chosen;
  const workGroupArn =
    account && `arn:${account.partition}:athena:${region}:${account.accountId}:workgroup/${workGroup}`;
  return { workGroup, engine, workGroupArn, sqlWorkGroup };
}

function reportText({ facts, sessions }: VerificationReport, { stdout }: Terminal): string {
  const text = factsText(facts, tableColumnsOf(stdout), coloursFor(stdout));
  return `${text}\n\n${ownSessionsText(sessions, columnsOf(stdout))}\n`;
}
