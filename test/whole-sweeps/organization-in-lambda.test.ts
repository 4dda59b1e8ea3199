/**
 * The bundle's handler for an organization, as Lambda runs it: in a process of its own, with the environment that the
 * template gives the function, and an STS and an Athena over HTTP for several accounts.
 */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOG_MESSAGES } from '../../lambda/contract/telemetry.js';
import { ADD_UP, ADD_UP_TARGETS } from '../../lib/organization/expressions/adding-up.js';
import { EmbeddedAthena, serveAthena } from '../../local/athena/index.js';
import { withValues } from '../../local/template/intrinsics.js';
import { functionBundle } from '../support/function-bundle.js';
import { EXTERNAL_ID, ORGANIZATION } from '../support/organization/hub.js';
import { evaluate } from '../support/organization/jsonata.js';
import { type Lambda, startLambda } from '../support/organization/lambda.js';
import { LOG_GROUP, serveOwnLog } from '../support/organization/own-log.js';
import { accessKeyOf, serveSts } from '../support/organization/sts.js';
import { HUB, resource } from '../support/organization/templates.js';
import { synthesized } from '../support/synthesis.js';

const [SWEPT, REFUSING, OUT_OF_REACH] = ['222222222222', '333333333333', '444444444444'] as const;
const ACCOUNTS = [SWEPT, REFUSING, OUT_OF_REACH];
const CONFIG = { ...HUB, workgroups: { include: ['etl'] } };
const startedAt = new Date().toISOString();

const athena = new EmbeddedAthena({
  accounts: Object.fromEntries(ACCOUNTS.map((account) => [accessKeyOf(account), account])),
});
let served: Awaited<ReturnType<typeof serveAthena>>;
let sts: Awaited<ReturnType<typeof serveSts>>;
let log: Awaited<ReturnType<typeof serveOwnLog>>;
let lambda: Lambda;

beforeAll(async () => {
  [served, sts, log] = await Promise.all([
    serveAthena(athena),
    serveSts({ externalId: EXTERNAL_ID, refusing: [REFUSING], throttling: 1 }),
    serveOwnLog(() => lambda.lines()),
  ]);
  for (const account of ACCOUNTS)
    for (const region of ORGANIZATION.regions)
      athena.region(region, account).createWorkgroup({ name: 'primary', engine: 'Athena engine version 3' });
  const region = athena.region('us-east-1', SWEPT);
  region.createWorkgroup({ name: 'etl' });
  region.putSession({ workGroup: 'etl', minutesInState: 60, idleTimeoutMinutes: 90 });
  region.putSession({ workGroup: 'etl', minutesInState: 5 });
  lambda = await startLambda(
    deployed({
      AWS_ENDPOINT_URL_ATHENA: served.url,
      AWS_ENDPOINT_URL_STS: sts.url,
      AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: log.url,
    }),
  );
});

afterAll(() => Promise.all([served.close(), sts.close(), log.close()]));

function deployed(endpoints: Readonly<Record<string, string>>) {
  const { Handler, Timeout, Environment } = resource(synthesized(CONFIG), 'AWS::Lambda::Function') ?? {};
  return {
    taskRoot: functionBundle().folder,
    ...{ handler: String(Handler), timeoutSeconds: Number(Timeout) },
    functionArn: 'arn:aws:lambda:eu-west-1:999999999999:function:hub',
    environment: {
      ...Object(withValues(Environment.Variables)),
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIAHUB',
      AWS_SECRET_ACCESS_KEY: 'loopback-only',
      AWS_LAMBDA_FUNCTION_NAME: 'hub',
      AWS_LAMBDA_LOG_GROUP_NAME: LOG_GROUP,
      // Where the Lambda runtime has the clients that the bundle does not carry.
      NODE_PATH: path.resolve('node_modules'),
      ...endpoints,
    },
  };
}

describe('the handler of an organization', () => {
  it('refuses an event with the error that the state machine catches', async () => {
    expect(await lambda.invoke({ check: { mode: 'terminate' } })).toEqual({
      outcome: 'error',
      payload: { errorType: 'SettingsError', errorMessage: expect.stringContaining('cannot widen') },
    });
  });

  it('sweeps several accounts, and sums up what it did in one report, one set of metrics, one digest', async () => {
    const answers = [];
    for (const accountId of ACCOUNTS) {
      for (const region of ORGANIZATION.regions) {
        const answerBy = new Date(Date.now() + 30_000).toISOString();
        answers.push((await lambda.invoke({ target: { accountId, region }, answerBy })).payload);
      }
    }
    const group = await evaluate(ADD_UP_TARGETS, { states: { result: answers } });
    const figures = await evaluate(ADD_UP, { states: { result: [group] } });
    const { payload: report } = await lambda.invoke({ summarize: { startedAt, targets: 6, figures } });

    expect(report).toMatchObject({
      complete: false,
      counts: { listed: 2, terminated: 1, notListed: 2 },
      organization: {
        ...{ targets: 6, targetsNotSwept: 2, targetsNotBegun: 0 },
        ...{ accountsReached: 1, accountsNotReached: 1 },
      },
      digest: [
        expect.stringMatching(/^The sweep of .* ended 1 session\.$/),
        expect.stringMatching(/^That saves at least 0\.\d+ DPU-hours, /),
        expect.stringContaining('2 places were not listed'),
        'It swept 4 of 6 targets (accounts times regions). 1 account has no workgroup that the globs select.',
        expect.stringMatching(/^Owner: /),
        expect.stringMatching(
          new RegExp(`^Ended: session \\S+ of workgroup etl in us-east-1 of account ${SWEPT}, `),
        ),
        expect.stringMatching(/^For owners, /),
      ],
      sessions: [{ accountId: SWEPT, region: 'us-east-1', workGroup: 'etl', outcome: 'terminated' }],
    });
    expect(athena.journal.of('TerminateSession').map(({ account }) => account)).toEqual([SWEPT]);

    const lines = await lambda.stop();
    const about = (message: string) => lines.filter((line) => line.message === message);
    expect(about(LOG_MESSAGES.session)).toEqual([
      expect.objectContaining({ account: SWEPT, region: 'us-east-1', outcome: 'terminated' }),
    ]);
    expect(about(LOG_MESSAGES.target)).toHaveLength(6);
    const refused = about(LOG_MESSAGES.regionNotListed).filter(({ account }) => account === REFUSING);
    expect(refused).toHaveLength(2);
    expect(lines.filter((line) => 'SweepComplete' in line)).toEqual([
      expect.objectContaining({ service: 'AthenaSessionReaper', SweepComplete: 0 }),
    ]);
    // Of the target that ended a session, and of the sum.
    expect(lines.flatMap(({ SessionsTerminated }) => SessionsTerminated ?? [])).toEqual([1, 0]);
  });
});
