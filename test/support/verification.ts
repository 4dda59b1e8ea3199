/** Verification of an embedded Athena, in time that passes only while the experiment waits. */
import {
  type AthenaRegion,
  type Clock,
  DEFAULT_ACCOUNT,
  DrivenClock,
  EmbeddedAthena,
  type EmbeddedAthenaOptions,
  type Engine,
  inProcessHandler,
  type SessionSnapshot,
  serveAthena,
  systemClock,
  type World,
} from '../../local/athena/index.js';
import {
  type Experiment,
  type ExperimentOptions,
  runExperiment,
} from '../../local/verification/experiment/experiment.js';
import { clientFor, noHurry, REGION } from './athena.js';
import { unsigned } from './unsigned.js';

export const WORKGROUP = 'notebooks';

export interface VerifiedAccount extends EmbeddedAthenaOptions {
  readonly engine?: Engine;
  readonly tags?: Readonly<Record<string, string>>;
  readonly sqlWorkgroup?: boolean;
  /** Whether somebody's session is DEGRADED. */
  readonly degraded?: boolean;
  readonly options?: Partial<ExperimentOptions>;
  readonly stop?: AbortSignal;
  /** An experiment is many calls, which are quicker without sockets. @default false */
  readonly overHttp?: boolean;
  /** Before the experiment. */
  readonly prepare?: (athena: EmbeddedAthena, region: AthenaRegion) => void;
}

export interface Verified extends Experiment {
  readonly athena: EmbeddedAthena;
  readonly region: AthenaRegion;
}

/** Runs the experiment in a workgroup of an account that is made for it. */
export async function verified(account: VerifiedAccount = {}): Promise<Verified> {
  const { engine = 'Apache Spark version 3.5', tags, sqlWorkgroup, degraded, options, prepare } = account;
  // Not a whole second: instants without a fraction show nothing of their precision.
  const clock = new DrivenClock(Date.now() - (Date.now() % 1_000) + 123);
  const athena = new EmbeddedAthena({ ...account, clock });
  const region = athena.region(REGION);
  region.createWorkgroup({ name: WORKGROUP, engine, ...(tags && { tags }) });
  if (sqlWorkgroup) region.createWorkgroup({ name: 'sql', engine: 'Athena engine version 3' });
  if (degraded) region.putSession({ workGroup: WORKGROUP, state: 'DEGRADED', minutesInState: 90 });
  prepare?.(athena, region);
  const served = account.overHttp ? await serveAthena(athena) : undefined;
  const client = served
    ? clientFor(served.url)
    : clientFor('http://in-process', REGION, {
        requestHandler: inProcessHandler(athena),
        signer: unsigned('AKIDEXAMPLE', REGION),
      });
  try {
    const experiment = await runExperiment(
      {
        workGroup: WORKGROUP,
        engine,
        workGroupArn: `arn:aws:athena:${REGION}:${DEFAULT_ACCOUNT}:workgroup/${WORKGROUP}`,
        sqlWorkGroup: sqlWorkgroup ? 'sql' : undefined,
        tagPrefix: 'session-reaper',
        withDefaultTimeout: false,
        withRates: false,
        askForWork: undefined,
        progress: () => undefined,
        ...options,
      },
      { client, clock: passing(clock), stop: account.stop ?? noHurry },
    );
    return { ...experiment, athena, region };
  } finally {
    client.destroy();
    await served?.close();
  }
}

/** Whoever sleeps on it moves it on: nobody else waits. */
function passing(clock: DrivenClock): Clock {
  return {
    now: () => clock.now(),
    sleep: async (ms, signal) => {
      await systemClock.sleep(0, signal);
      await clock.advance(ms);
    },
  };
}

/** The switches that an experiment in such an account can see, with their answers. */
export function visibleIn(world: World, account: VerifiedAccount): Partial<World> {
  const { engine = 'Apache Spark version 3.5', tags = {}, options = {} } = account;
  const { lastModified, listedInstants, sessionTags, unknownSession, terminateAnswer, secondsToTerminated } =
    world;
  return {
    lastModified,
    ...(engine.startsWith('Apache Spark') && { idleSince: world.idleSince }),
    listedInstants,
    sessionTags,
    ...(sessionTags === 'read' && Object.keys(tags).length > 0 && { workgroupTags: world.workgroupTags }),
    ...(options.withDefaultTimeout && { defaultIdleTimeout: world.defaultIdleTimeout }),
    unknownSession,
    ...(account.sqlWorkgroup && { sqlListing: world.sqlListing }),
    ...(account.degraded && { unfilteredListing: world.unfilteredListing }),
    terminateAnswer,
    secondsToTerminated,
    ...(account.denyTagged && world.denyBySessionTag === 'holds' && { denyBySessionTag: 'holds' }),
  };
}

/** The sessions that StartSession started. */
export function startedIn(region: AthenaRegion): readonly SessionSnapshot[] {
  return region.sessions().filter(({ history }) => history[0]?.cause === 'start');
}

/** Those of them that nobody has ended. */
export function leftIn(region: AthenaRegion): readonly SessionSnapshot[] {
  return startedIn(region).filter(({ endedBy }) => endedBy === undefined);
}
