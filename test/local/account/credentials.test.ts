import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { main } from '../../../local/program.js';
import { accountAt, appFolder } from '../../support/command-line.js';
import { serveIdentity } from '../../support/identity.js';

const CONFIGURATION = `[profile mfa]
region = eu-west-1
role_arn = arn:aws:iam::222233334444:role/analyst
source_profile = me
mfa_serial = arn:aws:iam::222233334444:mfa/phone
[profile me]
aws_access_key_id = AKIDME
aws_secret_access_key = loopback-only
`;

/** `scan --profile mfa`, with a person who answers with a code, or without one. */
async function scanWithMfa(answer: string | undefined) {
  const { athena } = await accountAt();
  for (const region of ['eu-west-1', 'us-east-1']) {
    athena.region(region).createWorkgroup({ name: 'primary', engine: 'Athena engine version 3' });
  }
  const { url, accessKeys } = await serveIdentity({ mfaCode: '123456' });
  const cwd = await appFolder({});
  await writeFile(path.join(cwd, 'config'), CONFIGURATION);
  process.env.AWS_ENDPOINT_URL_STS = url;
  process.env.AWS_CONFIG_FILE = path.join(cwd, 'config');
  const stdin = new PassThrough();
  let written = '';
  const screen = new Writable({
    write(chunk, _encoding, done) {
      written += String(chunk);
      if (String(chunk).startsWith('MFA code for ')) stdin.write(`${answer}\n`);
      done();
    },
  });
  const exitCode = await main(
    ['scan', '--profile', 'mfa', '--region', 'eu-west-1', '--region', 'us-east-1'],
    {
      stdout: screen,
      stderr: screen,
      stdin,
      canAsk: answer !== undefined,
      cwd,
      interrupted: new AbortController().signal,
    },
  );
  return { exitCode, written, athena, accessKeys };
}

test('a profile that needs an MFA code has it asked for, once for all regions', async () => {
  const { exitCode, written, accessKeys } = await scanWithMfa('123456');
  expect(exitCode).toBe(0);
  expect(written.match(/MFA code for arn:aws:iam::222233334444:mfa\/phone: /g)).toHaveLength(1);
  expect(written).toContain('Account 222233334444');
  expect(accessKeys).toContain('ASIAMFA');
});

test('a code that is refused is not asked for again, and Athena is not called', async () => {
  const { exitCode, written, athena } = await scanWithMfa('000000');
  expect(exitCode).toBe(3);
  expect(written.match(/MFA code for \S+: /g)).toHaveLength(1);
  expect(written).toContain('→ Run it again, and give a new MFA code.');
  expect(athena.journal.calls).toHaveLength(0);
});

test('where nobody can be asked for the code, that is what is said', async () => {
  const { exitCode, written } = await scanWithMfa(undefined);
  expect(exitCode).toBe(3);
  expect(written).toContain('there is no terminal to ask on');
  expect(written).toContain('Run this on a terminal');
});
