/** The experiment: one session of its own, watched from its start to its end, and questions beside it. */
import { randomUUID } from 'node:crypto';
import type { AthenaClient } from '@aws-sdk/client-athena';
import type { Clock } from '../../athena/index.js';
import { askBeside, probeRate } from './asking-beside.js';
import { ClockWatch } from './clock-watch.js';
import { watchEnd } from './ending.js';
import { ExperimentCalls } from './experiment-calls.js';
import { readIdle } from './idle-readings.js';
import type { Observations } from './observations.js';
import { NotObservable, notAsked, type Observed, observed } from './observed.js';
import { type OwnSession, type OwnSessionSpec, OwnSessions } from './own-sessions.js';
import type { Sample } from './sample.js';
import { watchWithoutTimeout } from './timeout-watch.js';
import { watch } from './watch.js';
import { type AskForWork, WORK_MINUTES, watchWork } from './work-watch.js';

/** Ends a session that this process could not end: because it was killed, or lost the network. */
const IDLE_TIMEOUT_MINUTES = 5;
const LONGEST_START_MS = 5 * 60_000;
const LONGEST_CALCULATION_MS = 2 * 60_000;
const CALCULATION = 'import time\ntime.sleep(10)\nprint("athena-session-reaper verify")';

export interface ExperimentOptions {
  readonly workGroup: string;
  readonly engine: string | undefined;
  /** Undefined where the account is not known: tags cannot be read then. */
  readonly workGroupArn: string | undefined;
  /** A workgroup whose engine is SQL; undefined where there is none. */
  readonly sqlWorkGroup: string | undefined;
  readonly tagPrefix: string;
  readonly withDefaultTimeout: boolean;
  readonly withRates: boolean;
  /** Undefined where nobody is to run work over Spark Connect. */
  readonly askForWork: AskForWork | undefined;
  /** Says what begins now. */
  readonly progress: (step: string) => void;
}

export interface Surroundings {
  /** One that does not retry by itself. */
  readonly client: AthenaClient;
  readonly clock: Clock;
  /** Stops the experiment, but not the ending of what it started. */
  readonly stop: AbortSignal;
}

export interface Experiment {
  readonly observations: Observations;
  readonly sessions: readonly OwnSession[];
}

/** Never rejects because of Athena: what could not be seen is in the observations, with the reason. */
export async function runExperiment(
  options: ExperimentOptions,
  { client, clock, stop }: Surroundings,
): Promise<Experiment> {
  const serviceClock = new ClockWatch(client, clock);
  const calls = new ExperimentCalls(client, clock);
  const own = new OwnSessions(calls, specOf(options));
  let observations: Omit<Observations, 'clockOffset'>;
  let sessions: readonly OwnSession[];
  try {
    observations = await observe(options, calls, own, stop);
  } finally {
    sessions = await own.endAll();
  }
  const clockOffset = await observed('Date', async () => serviceClock.range());
  return { observations: { ...observations, clockOffset }, sessions };
}

/** The idle timeout of the first session, in minutes. */
export function idleTimeoutMinutes(withWork: boolean): number {
  return IDLE_TIMEOUT_MINUTES + (withWork ? WORK_MINUTES : 0);
}

function specOf({ workGroup, workGroupArn, tagPrefix }: ExperimentOptions): OwnSessionSpec {
  return { workGroup, workGroupArn, exemptKey: `${tagPrefix}:exempt`, ownKey: `${tagPrefix}:verify` };
}

async function observe(
  options: ExperimentOptions,
  calls: ExperimentCalls,
  own: OwnSessions,
  stop: AbortSignal,
): Promise<Omit<Observations, 'clockOffset'>> {
  const { progress, workGroup, workGroupArn, tagPrefix } = options;
  progress('asking what needs no session');
  const beside = await askBeside(options, calls, stop);
  const samples: Sample[] = [];
  progress('starting a session');
  const started = await observed('StartSession', () =>
    own.start(idleTimeoutMinutes(options.askForWork !== undefined), stop),
  );
  const idleSession = await andThen(started, 'GetSessionStatus', async (id) => {
    await watch(calls, id, samples, untilIdle(LONGEST_START_MS), stop);
    return id;
  });
  progress('reading the idle session');
  const firstReading = await andThen(idleSession, 'GetSession', (id) => readIdle(calls, workGroup, id, stop));
  const sessionTags = await andThen(started, 'ListTagsForResource', (id) =>
    calls.tags(sessionArn(workGroupArn, id), stop),
  );
  progress('running a calculation');
  const calculation = await calculate(options, calls, idleSession, samples, stop);
  const secondReading =
    calculation.kind === 'seen'
      ? await andThen(idleSession, 'GetSession', (id) => readIdle(calls, workGroup, id, stop))
      : undefined;
  const work = await workOverSparkConnect(options, calls, idleSession, stop);
  progress('ending the session, and watching it end');
  const ended = await watchEnd(calls, own, started, stop);
  return {
    engine: options.engine,
    ownTagKeys: [`${tagPrefix}:exempt`, `${tagPrefix}:verify`],
    started,
    samples,
    idle: bothReadings(firstReading, secondReading),
    sessionTags,
    calculation,
    work,
    ...ended,
    ...beside,
    withoutTimeout: await withoutTimeout(options, calls, own, stop),
    rate: await rateOf(options, calls, stop),
  };
}

function untilIdle(longestMs: number) {
  return { isOver: ({ state }: Sample) => state === 'IDLE', until: 'it was IDLE', longestMs };
}

function sessionArn(workGroupArn: string | undefined, sessionId: string): string {
  if (workGroupArn === undefined)
    throw new NotObservable('the account is not known, and with it the name of the session');
  return `${workGroupArn}/session/${sessionId}`;
}

/** The next step with what the one before it gave, or the reason why that one gave nothing. */
async function andThen<T, Next>(
  before: Observed<T>,
  operation: string,
  step: (value: T) => Promise<Next>,
): Promise<Observed<Next>> {
  return before.kind === 'seen' ? observed(operation, () => step(before.value)) : before;
}

/** Only PySpark engine version 3 has calculations. */
function calculate(
  { engine }: ExperimentOptions,
  calls: ExperimentCalls,
  idleSession: Observed<string>,
  samples: Sample[],
  stop: AbortSignal,
): Promise<Observed<null>> {
  if (!engine?.startsWith('PySpark'))
    return Promise.resolve(notAsked(`${engine ?? 'an engine without a name'} has no calculations`));
  return andThen(idleSession, 'StartCalculationExecution', async (id) => {
    const before = samples.length;
    await calls.startCalculation(id, CALCULATION, randomUUID(), stop);
    const wasBusy = () => samples.slice(before).some(({ state }) => state === 'BUSY');
    await watch(
      calls,
      id,
      samples,
      {
        isOver: ({ state }) => state === 'IDLE' && wasBusy(),
        until: 'it was IDLE again after a calculation',
        longestMs: LONGEST_CALCULATION_MS,
      },
      stop,
    );
    return null;
  });
}

/** PySpark engine version 3 has no Spark Connect. */
function workOverSparkConnect(
  { engine, askForWork }: ExperimentOptions,
  calls: ExperimentCalls,
  idleSession: Observed<string>,
  stop: AbortSignal,
): Promise<Observations['work']> {
  if (engine?.startsWith('PySpark')) return Promise.resolve(notAsked(`${engine} has no Spark Connect`));
  if (askForWork === undefined) {
    const why = 'somebody has to run work over Spark Connect: say --spark-connect, and it says how';
    return Promise.resolve(notAsked(why));
  }
  return andThen(idleSession, 'GetSessionStatus', (id) => watchWork(calls, id, askForWork, stop));
}

function bothReadings<Reading>(
  first: Observed<Reading>,
  second: Observed<Reading> | undefined,
): Observed<readonly Reading[]> {
  if (first.kind !== 'seen') return first;
  const later = second?.kind === 'seen' ? [second.value] : [];
  return { kind: 'seen', value: [first.value, ...later] };
}

function withoutTimeout(
  { withDefaultTimeout, progress }: ExperimentOptions,
  calls: ExperimentCalls,
  own: OwnSessions,
  stop: AbortSignal,
): Promise<Observations['withoutTimeout']> {
  if (!withDefaultTimeout)
    return Promise.resolve(notAsked('it takes 25 minutes, and is done only with --default-timeout'));
  progress('watching a session without an idle timeout for up to 25 minutes');
  return observed('GetSession', () => watchWithoutTimeout(calls, own, stop));
}

function rateOf(
  { withRates, workGroup, progress }: ExperimentOptions,
  calls: ExperimentCalls,
  stop: AbortSignal,
): Promise<Observations['rate']> {
  if (!withRates) return Promise.resolve(notAsked('others may notice it, so it is done only with --rates'));
  progress('calling ListSessions until Athena throttles');
  return observed('ListSessions', () => probeRate(calls, workGroup, stop));
}
