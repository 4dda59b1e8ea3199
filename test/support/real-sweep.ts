import { vi } from 'vitest';
import type { SweepReport } from '../../lambda/contract/report.js';
import { DEFAULT_ACCOUNT, EmbeddedAthena, type JournalEntry, serveAthena } from '../../local/athena/index.js';
import { withValues } from '../../local/template/intrinsics.js';

export interface RealSweep {
  readonly report: SweepReport;
  /** What Athena was asked. */
  readonly calls: readonly JournalEntry[];
  /** What the function wrote: log lines and EMF, one JSON object each. */
  readonly lines: readonly Readonly<Record<string, unknown>>[];
}

/**
 * One sweep by the real handler, with the environment that a template gives its function, over HTTP against an
 * embedded Athena.
 */
export async function realSweep(
  template: object,
  prepare: (athena: EmbeddedAthena) => void,
): Promise<RealSweep> {
  const athena = new EmbeddedAthena();
  prepare(athena);
  const { url, close } = await serveAthena(athena);
  const output = captured();
  try {
    const environment = {
      ...functionEnvironment(template),
      AWS_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL_ATHENA: url,
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'loopback-only',
    };
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    // The handler reads its settings once per process, as it does once per container.
    vi.resetModules();
    const { handler } = await import('../../lambda/handler.js');
    const report = await handler({}, invocationContext);
    return { report, calls: [...athena.journal.calls], lines: output.lines() };
  } finally {
    output.release();
    vi.unstubAllEnvs();
    await close();
  }
}

const invocationContext = {
  invokedFunctionArn: `arn:aws:lambda:eu-west-1:${DEFAULT_ACCOUNT}:function:sweep`,
  getRemainingTimeInMillis: () => 60_000,
};

/** The environment variables of the function in a template. */
function functionEnvironment(template: object): Readonly<Record<string, string>> {
  const { Resources = {} }: { Resources?: Record<string, { Type: string; Properties: FunctionProperties }> } =
    template;
  const found = Object.values(Resources).find(({ Type }) => Type === 'AWS::Lambda::Function');
  const variables = withValues(found?.Properties.Environment?.Variables ?? {});
  return Object.fromEntries(Object.entries(Object(variables)).map(([name, value]) => [name, String(value)]));
}

interface FunctionProperties {
  readonly Environment?: { readonly Variables?: Readonly<Record<string, unknown>> };
}

function captured() {
  let text = '';
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      text += String(chunk);
      return true;
    }),
  );
  return {
    release: () => {
      for (const spy of spies) spy.mockRestore();
    },
    lines: () =>
      text
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line): Record<string, unknown> => JSON.parse(line)),
  };
}
