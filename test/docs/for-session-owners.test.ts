/** Every command on the page for owners of sessions is run, against the embedded Athena. */
import { readFileSync } from 'node:fs';
import * as sdk from '@aws-sdk/client-athena';
import { describe, expect, test } from 'vitest';
import { ACCOUNT, clientFor, REGION, servedAthena, sweepAt } from '../support/athena.js';
import { run, useEnvironment } from '../support/command-line.js';
import { deployedAccount } from '../support/deployed-account.js';
import { codeOn } from './pages.js';

const { blocks, spans } = codeOn(readFileSync('docs/for-session-owners.md', 'utf8'));
/** One on each line, however it was folded. */
const SHELL = blocks('sh')
  .flatMap((block) => block.replaceAll(/\\\n\s*/g, '').split('\n'))
  .concat(spans.filter((span) => span.startsWith('npx ') && span.includes(' policy ')));
const PYTHON = blocks('python');

const SESSION = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const OURS = 'npx athena-session-reaper ';
const PLACEHOLDERS = { SESSION, NAME: 'notebooks', REGION, ACCOUNT: ACCOUNT.accountId };

/** A deployed reaper, and a session that is due in the workgroup of the page. */
async function account() {
  const { athena, region, url } = await servedAthena();
  const deployed = await deployedAccount();
  useEnvironment({ AWS_ENDPOINT_URL: deployed.url, AWS_ENDPOINT_URL_ATHENA: url });
  region.createWorkgroup({ name: 'notebooks' });
  region.putSession({ workGroup: 'notebooks', sessionId: SESSION, minutesInState: 60 });
  return { athena, region, url, client: clientFor(url) };
}

function filledIn(command: string): string {
  return Object.entries(PLACEHOLDERS).reduce(
    (text, [name, value]) => text.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), value),
    command,
  );
}

describe('a command on the page', () => {
  test('is of this program or of the AWS CLI', () => {
    expect(SHELL.length).toBeGreaterThan(10);
    expect(SHELL.filter((line) => !line.startsWith(OURS) && !line.startsWith('aws athena '))).toEqual([]);
  });

  test.each(SHELL.filter((line) => line.startsWith(OURS)))('%s', async (line) => {
    await account();
    const { exitCode, stderr } = await run(filledIn(line.slice(OURS.length)).split(' '));
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  test.each(SHELL.filter((line) => line.startsWith('aws ')))('%s', async (line) => {
    const { client } = await account();
    const { operation, region, input } = awsCommand(filledIn(line));
    expect(region).toBe(REGION);
    await expect(called(client, operation, input)).resolves.toBeDefined();
  });

  test.each(PYTHON)('%s', async (code) => {
    const { client } = await account();
    const [operation = '', input] = pythonCall(code);
    await expect(called(client, operation, input)).resolves.toBeDefined();
  });
});

test('what the page says to do spares the session: the command, the AWS CLI and boto3', async () => {
  const ways = [
    ...SHELL.filter((line) => / (extend|exempt) SESSION /.test(line) && !line.includes('--remove')),
    ...SHELL.filter((line) => line.includes('tag-resource') && !line.includes('untag')),
    PYTHON.find((code) => code.includes('tag_resource')) ?? '',
  ];
  expect(ways).toHaveLength(4);
  for (const way of ways) {
    const { client, region, url } = await account();
    if (way.startsWith(OURS)) await run(filledIn(way.slice(OURS.length)).split(' '));
    else {
      const { operation, input } = way.startsWith('aws ')
        ? awsCommand(filledIn(way))
        : { operation: pythonCall(way)[0], input: pythonCall(way)[1] };
      await called(client, operation, input);
    }
    await sweepAt(url);
    expect(region.session(SESSION).state).toBe('IDLE');
  }
});

test('the page names the IAM action of each change', () => {
  for (const action of ['athena:TagResource', 'athena:UntagResource']) expect(spans).toContain(action);
});

/** `aws athena tag-resource --tags Key=a,Value=b` as the SDK has it. */
function awsCommand(line: string) {
  const [, , name = '', ...rest] = line.split(' ');
  const options: Record<string, unknown> = {};
  for (let index = 0; index < rest.length; index += 2) {
    const option = rest[index] ?? '';
    options[option] = rest[index + 1];
  }
  const { '--region': region, ...others } = options;
  const input = Object.fromEntries(
    Object.entries(others).map(([option, value]) => [memberOf(option), inputValue(option, String(value))]),
  );
  return { operation: pascal(name), region, input };
}

function pascal(name: string): string {
  return name.replaceAll(/(?:^|[-_])([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function memberOf(option: string): string {
  const member = pascal(option.slice(2));
  return member === 'ResourceArn' ? 'ResourceARN' : member;
}

function inputValue(option: string, value: string): unknown {
  const pairs = () => Object.fromEntries(value.split(',').map((pair) => pair.split(/=(.*)/, 2)));
  switch (option) {
    case '--tags':
      return [pairs()];
    case '--tag-keys':
      return [value];
    case '--engine-configuration':
      return Object.fromEntries(Object.entries(pairs()).map(([key, text]) => [key, Number(text)]));
    case '--session-idle-timeout-in-minutes':
      return Number(value);
    default:
      return value;
  }
}

/** The last call of boto3's Athena client: its operation, and its arguments, which are JSON but for their names. */
function pythonCall(code: string): readonly [string, unknown] {
  const [, method = '', args = ''] = /athena(?:"\))?\.((?:start|tag)_\w+)\(\n([\s\S]*?)\n\)/.exec(code) ?? [];
  const json = args
    .replaceAll(/^ +(\w+)=f?/gm, '"$1": ')
    .replaceAll('{session_id}', SESSION)
    .replace(/,\s*$/, '');
  return [pascal(method), JSON.parse(`{${json}}`)];
}

async function called(client: sdk.AthenaClient, operation: string, input: unknown): Promise<unknown> {
  const Command: unknown = Reflect.get(sdk, `${operation}Command`);
  if (typeof Command !== 'function') throw new TypeError(`The SDK has no ${operation}`);
  return client.send(Reflect.construct(Command, [input]));
}
