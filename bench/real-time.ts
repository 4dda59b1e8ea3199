/** Sweeps over HTTP in real time: the bundled function in one process, the embedded Athena in another. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { MEMORY_ENVIRONMENT } from '../lib/function/memory.js';
import type { AthenaNews, AthenaOrder } from './athena-process.js';
import type { Bundle } from './bundles.js';
import { REGION } from './fleet.js';
import type { Invoked } from './lambda-process.js';

export interface RealTime {
  readonly wallMs: number;
  readonly calls: number;
  readonly throttled: number;
  readonly peakBytes: number;
  /** From each last look's answer to its TerminateSession, as the service saw them, sorted. */
  readonly gapsMs: readonly number[];
  /** What the handler returned. */
  readonly result: unknown;
}

export async function sweptInRealTime(
  runtime: Bundle,
  handler: Bundle,
  order: AthenaOrder,
  settings: unknown = {},
): Promise<RealTime> {
  const sweep = (url: string) => invoked(runtime, handler, url, settings);
  const { result, calls, throttled, gapsMs } = await besideAthena(order, sweep);
  return { ...result, calls, throttled, gapsMs: gapsMs.toSorted((a, b) => a - b) };
}

/** What a task did to an embedded Athena in a process of its own. */
export type BesideAthena<T> = Extract<AthenaNews, { kind: 'seen' }> & { readonly result: T };

/** @param task is given the URL at which the embedded Athena is served. */
export async function besideAthena<T>(
  order: AthenaOrder,
  task: (url: string) => Promise<T>,
): Promise<BesideAthena<T>> {
  const athena = fork(fileURLToPath(new URL('athena-process.ts', import.meta.url)));
  try {
    const served = await answer<AthenaNews>(athena, order);
    if (served.kind !== 'serving') throw new Error('the embedded Athena did not start');
    const result = await task(served.url);
    const seen = await answer<AthenaNews>(athena, 'what was seen?');
    if (seen.kind !== 'seen') throw new Error('the embedded Athena did not report what it had seen');
    return { ...seen, result };
  } finally {
    athena.kill();
  }
}

/** One invocation in a process of its own. */
export function invoked(runtime: Bundle, handler: Bundle, url: string, settings: unknown): Promise<Invoked> {
  return heard<Invoked>(started(runtime, handler, url, settings));
}

/**
 * A process that has a handler, with the environment that Lambda gives it.
 * @param runtime invokes it.
 * @param execPath of the Node.js that runs it.
 */
export function started(
  runtime: Bundle,
  handler: Bundle,
  url: string,
  settings: unknown,
  execPath = process.execPath,
): ChildProcess {
  return fork(runtime.file, [handler.file], {
    execPath,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...MEMORY_ENVIRONMENT,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'loopback-only',
      AWS_ENDPOINT_URL_ATHENA: url,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      POWERTOOLS_SERVICE_NAME: 'bench',
      REAPER_SETTINGS: JSON.stringify(settings),
    },
  });
}

async function answer<T>(child: ChildProcess, message: AthenaOrder | string): Promise<T> {
  child.send(message);
  return heard<T>(child);
}

/** The next message of a process. @throws Error when the process ends without one. */
export async function heard<T>(child: ChildProcess): Promise<T> {
  const over = new AbortController();
  const exit = once(child, 'exit', { signal: over.signal }).then(([code]) => {
    throw new Error(`a process of the bench ended early, with ${code}`);
  });
  try {
    const [message]: T[] = await Promise.race([once(child, 'message', { signal: over.signal }), exit]);
    if (message === undefined) throw new Error('a process of the bench said nothing');
    return message;
  } finally {
    exit.catch(() => undefined);
    over.abort();
  }
}

/** The value that a share of all sorted values does not exceed. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
