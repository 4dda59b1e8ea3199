/** Executes state machines: moto's interpreter, with the services that they use answered here. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import jsonata from 'jsonata';
import { type Loopback, type LoopbackAnswer, type LoopbackRequest, serveLoopback } from '../loopback.js';
import { freePort, ready } from '../moto.js';

export interface Services {
  /** Answers an invocation of the function, or throws what the function throws. */
  readonly invoke: (event: unknown) => Promise<unknown>;
  /** What Lambda itself answers instead of invoking, e.g. that it is throttled. */
  readonly refuse?: (event: unknown) => { readonly status: number; readonly code: string } | undefined;
  readonly accounts: readonly { readonly Id: string }[];
  /** The executions that run beside the one that asks. */
  readonly running?: () => readonly RunningExecution[];
}

export interface RunningExecution {
  readonly name: string;
  readonly startedSecondsAgo: number;
}

export interface Execution {
  readonly status: string;
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
}

export interface Interpreter {
  execute(definition: object, input?: object): Promise<Execution>;
  close(): Promise<void>;
}

const LAUNCHER = fileURLToPath(new URL('moto-with-jsonata.py', import.meta.url));

export async function startInterpreter(services: Services): Promise<Interpreter> {
  const pending = new Set<Promise<unknown>>();
  const served = await serveLoopback((request) => answer(request, services, pending));
  return {
    execute: async (definition, input = {}) => {
      const execution = await inMoto(served, (url) => executed(url, definition, input));
      await Promise.allSettled(pending);
      return execution;
    },
    close: served.close,
  };
}

/** A server for each execution: after one, moto copies locks when it starts the next, and fails. */
async function inMoto<T>({ url, port }: Loopback, task: (motoUrl: string) => Promise<T>): Promise<T> {
  const motoPort = await freePort();
  const moto = spawn('python3', [LAUNCHER, `${url}/jsonata`, '--port', String(motoPort)], {
    // Where the interpreter looks for every service that a state machine uses.
    env: { ...process.env, MOTO_PORT: String(port) },
    stdio: 'ignore',
  });
  try {
    const motoUrl = `http://127.0.0.1:${motoPort}`;
    await ready(motoUrl);
    await fetch(`${motoUrl}/moto-api/config`, {
      method: 'POST',
      body: JSON.stringify({ stepfunctions: { execute_state_machine: true } }),
    });
    return await task(motoUrl);
  } finally {
    moto.kill();
    await once(moto, 'exit');
  }
}

async function executed(url: string, definition: object, input: object): Promise<Execution> {
  const { stateMachineArn } = await call(url, 'CreateStateMachine', {
    name: 'organization',
    definition: inMotosGrammar(definition),
    roleArn: 'arn:aws:iam::111122223333:role/states',
  });
  const { executionArn } = await call(url, 'StartExecution', {
    stateMachineArn,
    input: JSON.stringify(input),
  });
  for (;;) {
    const { status, output, error, cause } = await call(url, 'DescribeExecution', { executionArn });
    if (status !== 'RUNNING') {
      return {
        status: String(status),
        ...(typeof output === 'string' && { output: JSON.parse(output) }),
        ...(typeof error === 'string' && { error }),
        ...(typeof cause === 'string' && { cause }),
      };
    }
    await sleep(100);
  }
}

/** moto's grammar knows neither Express children, which behave the same here, nor percentages without a point. */
function inMotosGrammar(definition: object): string {
  return JSON.stringify(definition)
    .replaceAll('"ExecutionType":"EXPRESS"', '"ExecutionType":"STANDARD"')
    .replace(/("ToleratedFailurePercentage":\d+)/g, '$1.0');
}

async function call(url: string, operation: string, input: object): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.0',
      'X-Amz-Target': `AWSStepFunctions.${operation}`,
      Authorization: 'AWS4-HMAC-SHA256 Credential=loopback/20260101/eu-west-1/states/aws4_request',
    },
    body: JSON.stringify(input),
  });
  const body = await response.text();
  if (!response.ok) throw new Error(`${operation}: ${body}`);
  return JSON.parse(body);
}

async function answer(
  request: LoopbackRequest,
  services: Services,
  pending: Set<Promise<unknown>>,
): Promise<LoopbackAnswer> {
  if (request.path === '/jsonata') return evaluated(request.body);
  if (request.headers['x-amz-target'] === 'AWSOrganizationsV20161128.ListAccounts') {
    return listed(services.accounts, JSON.parse(request.body || '{}'));
  }
  if (request.headers['x-amz-target'] === 'AWSStepFunctions.ListExecutions') {
    return runningNow(services.running?.() ?? []);
  }
  return invoked(request, services, pending);
}

/** Without the one that asks, as may happen: the list is eventually consistent. */
function runningNow(running: readonly RunningExecution[]): LoopbackAnswer {
  const executions = running.map(({ name, startedSecondsAgo }) => ({
    executionArn: `arn:aws:states:eu-west-1:111122223333:execution:organization:${name}`,
    stateMachineArn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:organization',
    name,
    status: 'RUNNING',
    startDate: Math.round(Date.now() / 1_000) - startedSecondsAgo,
  }));
  return { body: JSON.stringify({ executions }) };
}

async function evaluated(expression: string): Promise<LoopbackAnswer> {
  try {
    const value: unknown = await jsonata(expression).evaluate(undefined);
    return { body: JSON.stringify({ value }) };
  } catch (error) {
    return { body: JSON.stringify({ error: String(Reflect.get(Object(error), 'message')) }) };
  }
}

/** As Organizations does: at most 20 a page, and a page may be empty though more follow. */
function listed(
  accounts: Services['accounts'],
  { NextToken = '0' }: { readonly NextToken?: string },
): LoopbackAnswer {
  const from = Number(NextToken);
  const next = from === 0 ? 1 : from + 20;
  const page = from === 0 ? [] : accounts.slice(from - 1, from + 19);
  const more = next - 1 < accounts.length;
  return { body: JSON.stringify({ Accounts: page, ...(more && { NextToken: String(next) }) }) };
}

async function invoked(
  { headers, body }: LoopbackRequest,
  { invoke, refuse }: Services,
  pending: Set<Promise<unknown>>,
): Promise<LoopbackAnswer> {
  const event: unknown = JSON.parse(body);
  const refused = refuse?.(event);
  if (refused) {
    const { status, code } = refused;
    return {
      status,
      headers: { 'x-amzn-errortype': code, 'x-amzn-requestid': 'loopback' },
      body: JSON.stringify({ message: code }),
    };
  }
  const invocation = invoke(event);
  if (headers['x-amz-invocation-type'] === 'Event') {
    pending.add(invocation);
    return { status: 202, body: '' };
  }
  try {
    return { body: JSON.stringify(await invocation) };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    const payload = JSON.stringify({ errorType: name, errorMessage: message });
    return { headers: { 'x-amz-function-error': 'Unhandled' }, body: payload };
  }
}
