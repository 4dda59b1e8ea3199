import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { onTestFinished, vi } from 'vitest';
import { main } from '../../local/program.js';
import { REGION, servedAthena } from './athena.js';

export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Where the nearest `cdk.json` is looked for. @default a folder without one */
  readonly cwd?: string;
  /** What the person answers to a question, which is the end of what was asked; missing: there is no person. */
  readonly answer?: (question: string) => string;
  readonly interrupted?: AbortSignal;
}

const QUESTION = /(.*\[y\/N\]|MFA code for .*:) $/;

/** Runs a command line in this process. */
export async function run(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { cwd = tmpdir(), answer, interrupted = new AbortController().signal } = options;
  // The handler that `demo` runs makes its clients of the environment, and begins to remember, when it is loaded.
  if (args[0] === 'demo') vi.resetModules();
  const stdin = new PassThrough();
  const written = { stdout: '', stderr: '' };
  const collect = (name: 'stdout' | 'stderr') =>
    new Writable({
      write(chunk, _encoding, done) {
        written[name] += String(chunk);
        const question = name === 'stderr' && QUESTION.exec(written.stderr)?.[0];
        if (answer && question) stdin.write(`${answer(question)}\n`);
        done();
      },
    });
  const exitCode = await main(args, {
    stdout: collect('stdout'),
    stderr: collect('stderr'),
    stdin,
    canAsk: answer !== undefined,
    cwd,
    interrupted,
  });
  return { exitCode, ...written };
}

/** An embedded Athena, and an environment that leads to it as a person's would. */
export async function accountAt(options: Parameters<typeof servedAthena>[0] = {}) {
  const served = await servedAthena(options);
  useEnvironment({ AWS_ENDPOINT_URL_ATHENA: served.url });
  return served;
}

/** A person's environment: keys that mean nothing, and no configuration of the machine's own. */
export const PERSON = {
  AWS_REGION: REGION,
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
  // Where the CDK looks for settings of the person.
  HOME: tmpdir(),
} as const;

/** Whether a variable of the machine would change what a person's command does. */
export const isOfTheMachine = (name: string) => /^(AWS_|COLUMNS$|NO_COLOR$|FORCE_COLOR$)/.test(name);

/** {@link PERSON}, without colours, and what is given, until the test ends. */
export function useEnvironment(variables: Readonly<Record<string, string | undefined>> = {}): void {
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  for (const name of Object.keys(process.env)) if (isOfTheMachine(name)) vi.stubEnv(name, undefined);
  const base = { ...PERSON, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', NO_COLOR: '1' };
  for (const [name, value] of Object.entries({ ...base, ...variables })) vi.stubEnv(name, value);
}

/** A folder of a CDK app, whose `cdk.json` holds what is given, until the test ends. */
export async function appFolder(cdkJson: unknown): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'reaper-app-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const text = typeof cdkJson === 'string' ? cdkJson : JSON.stringify(cdkJson);
  await writeFile(path.join(folder, 'cdk.json'), text);
  return folder;
}

/** Such a folder with settings. */
export function appWith(reaper: unknown): Promise<string> {
  return appFolder({ context: { reaper } });
}
