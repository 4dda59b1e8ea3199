/** The function as it is deployed in a hub: its bundle, with a stub of STS and an embedded Athena around it. */
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { vi } from 'vitest';
import { readReaperConfig, toReaperSettings } from '../../../lib/config/config.js';
import { bundleFunction } from '../../../lib/function/bundle.js';
import { EmbeddedAthena, type EmbeddedAthenaOptions, serveAthena } from '../../../local/athena/index.js';
import { LOG_GROUP, type OwnLogTroubles, serveOwnLog } from './own-log.js';
import { accessKeyOf, serveSts } from './sts.js';

export const EXTERNAL_ID = 'session-reaper-of-example';
export const ORGANIZATION = {
  accounts: 'all',
  regions: ['eu-west-1', 'us-east-1'],
  externalId: EXTERNAL_ID,
  organizationId: 'o-a1b2c3d4e5',
} as const;

export type Line = Readonly<Record<string, unknown>>;
/** @param remainingMs of the time that the invocation has; a minute by default. */
export type HubHandler = (event: unknown, remainingMs?: number) => Promise<unknown>;

export interface Hub {
  readonly athena: EmbeddedAthena;
  readonly sts: Awaited<ReturnType<typeof serveSts>>;
  readonly ownLog: Awaited<ReturnType<typeof serveOwnLog>>;
  readonly handle: HubHandler;
  /** What the function has written so far: log lines and EMF. */
  readonly lines: readonly Line[];
  close(): Promise<void>;
}

export interface HubOptions {
  readonly accounts: readonly string[];
  readonly refusing?: readonly string[];
  /** AssumeRole calls that are throttled, first. */
  readonly throttling?: number;
  readonly ownLog?: OwnLogTroubles;
  readonly athena?: EmbeddedAthenaOptions;
  readonly settings?: object;
  /** @default 'INFO' */
  readonly logLevel?: 'DEBUG' | 'INFO';
  /** @default the sources */
  readonly bundled?: boolean;
}

export async function startHub(options: HubOptions): Promise<Hub> {
  const {
    accounts,
    refusing = [],
    throttling = 0,
    settings = {},
    logLevel = 'INFO',
    bundled = false,
  } = options;
  const keys = Object.fromEntries(accounts.map((account) => [accessKeyOf(account), account]));
  const athena = new EmbeddedAthena({ ...options.athena, accounts: keys });
  const served = await serveAthena(athena);
  const sts = await serveSts({ externalId: EXTERNAL_ID, refusing, throttling });
  const output = capturedOutput();
  const ownLog = await serveOwnLog(() => output.lines, options.ownLog);
  const config = readReaperConfig({ organization: ORGANIZATION, ...settings });
  const environment = {
    REAPER_SETTINGS: JSON.stringify(toReaperSettings(config)),
    POWERTOOLS_SERVICE_NAME: 'organization',
    POWERTOOLS_LOG_LEVEL: logLevel,
    AWS_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL_ATHENA: served.url,
    AWS_ENDPOINT_URL_STS: sts.url,
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: ownLog.url,
    AWS_LAMBDA_LOG_GROUP_NAME: LOG_GROUP,
    AWS_ACCESS_KEY_ID: 'AKIAHUB',
    AWS_SECRET_ACCESS_KEY: 'loopback-only',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const { organizationHandler, cleanUp } = bundled ? fromBundle() : await fromSources();
  return {
    athena,
    sts,
    ownLog,
    lines: output.lines,
    handle: (event, remainingMs = 60_000) => organizationHandler(event, invocationWith(remainingMs)),
    close: async () => {
      output.release();
      vi.unstubAllEnvs();
      cleanUp();
      await Promise.all([served.close(), sts.close(), ownLog.close()]);
    },
  };
}

function invocationWith(remainingMs: number) {
  const end = Date.now() + remainingMs;
  return {
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:999999999999:function:hub',
    getRemainingTimeInMillis: () => end - Date.now(),
  };
}

async function fromSources() {
  vi.resetModules();
  const { organizationHandler } = await import('../../../lambda/handler.js');
  return { organizationHandler, cleanUp: () => undefined };
}

function fromBundle() {
  const folder = mkdtempSync(path.join(tmpdir(), 'hub-'));
  bundleFunction(folder);
  // Where the Lambda runtime has the clients that the bundle does not carry.
  symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'));
  const bundle: typeof import('../../../lambda/handler.js') = createRequire(import.meta.url)(
    path.join(folder, 'index.js'),
  );
  return {
    organizationHandler: bundle.organizationHandler,
    cleanUp: () => rmSync(folder, { recursive: true }),
  };
}

function capturedOutput() {
  const lines: Line[] = [];
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      for (const text of String(chunk).split('\n')) if (text.startsWith('{')) lines.push(JSON.parse(text));
      return true;
    }),
  );
  return {
    lines,
    release: () => {
      for (const spy of spies) spy.mockRestore();
    },
  };
}
