/** Lambda: a process of its own, with the function's bundle in it, its environment around it, and the runtime API. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { serveLoopback } from '../loopback.js';

export interface LambdaFunction {
  /** Where the bundle is. */
  readonly taskRoot: string;
  readonly handler: string;
  readonly functionArn: string;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
}

export type Answer = { readonly outcome: 'response' | 'error'; readonly payload: unknown };

export interface Lambda {
  /** One after the other, as a container has them. */
  invoke(event: object): Promise<Answer>;
  /** The lines of JSON that the function has written so far: its log, and metrics. */
  lines(): readonly Readonly<Record<string, unknown>>[];
  /** @returns all of its lines. */
  stop(): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

const RUNTIME = fileURLToPath(new URL('lambda-runtime.mjs', import.meta.url));

interface Invocation {
  readonly event: object;
  readonly answer: (answer: Answer) => void;
}

export async function startLambda(deployed: LambdaFunction): Promise<Lambda> {
  const waiting = queue<Invocation>();
  let current: Invocation | undefined;
  const api = await serveLoopback(async ({ path, body }) => {
    if (path.endsWith('/next')) {
      current = await waiting.take();
      return { headers: headersFor(deployed), body: JSON.stringify(current.event) };
    }
    const outcome = path.endsWith('/error') ? 'error' : 'response';
    current?.answer({ outcome, payload: JSON.parse(body) });
    return { status: 202, body: '' };
  });
  const child = spawn(process.execPath, [RUNTIME], {
    env: {
      PATH: process.env.PATH,
      AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${api.port}`,
      LAMBDA_TASK_ROOT: deployed.taskRoot,
      _HANDLER: deployed.handler,
      ...deployed.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Errors are written to the other stream.
  const written = [child.stdout, child.stderr].map((stream) => {
    const chunks: string[] = [];
    stream.setEncoding('utf8').on('data', (chunk: string) => void chunks.push(chunk));
    return chunks;
  });
  const lines = () => written.flatMap((chunks) => linesOf(chunks.join('')));
  return {
    lines,
    invoke: (event) => new Promise((answer) => waiting.put({ event, answer })),
    stop: async () => {
      child.kill();
      await Promise.all([once(child, 'close'), api.close()]);
      return lines();
    },
  };
}

function headersFor({ functionArn, timeoutSeconds }: LambdaFunction): Readonly<Record<string, string>> {
  return {
    'Lambda-Runtime-Aws-Request-Id': crypto.randomUUID(),
    'Lambda-Runtime-Invoked-Function-Arn': functionArn,
    'Lambda-Runtime-Deadline-Ms': String(Date.now() + 1_000 * timeoutSeconds),
  };
}

function linesOf(output: string): readonly Readonly<Record<string, unknown>>[] {
  return (
    output
      .split('\n')
      // The last one may not be whole yet.
      .filter((line) => line.startsWith('{') && line.endsWith('}'))
      .map((line) => JSON.parse(line))
  );
}

function queue<T>() {
  const items: T[] = [];
  const takers: ((item: T) => void)[] = [];
  return {
    put: (item: T) => {
      const taker = takers.shift();
      if (taker) taker(item);
      else items.push(item);
    },
    take: (): Promise<T> => {
      const item = items.shift();
      return item === undefined ? new Promise((resolve) => takers.push(resolve)) : Promise.resolve(item);
    },
  };
}
