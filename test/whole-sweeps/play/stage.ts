/** Sets a scenario up on an embedded Athena: its workgroups, its sessions, what goes wrong and what people do. */

import { DEFAULT_SETTINGS } from '../../../lambda/contract/settings.js';
import type {
  AthenaRegion,
  EmbeddedAthena,
  Engine,
  Fault,
  FaultTarget,
  JsonValue,
} from '../../../local/athena/index.js';
import { START } from '../../support/virtual-time.js';
import {
  type FaultKind,
  type FaultPlan,
  type LifeTurn,
  REGIONS,
  type Scenario,
  type SessionPlan,
  sessionIdOf,
  type TurnKind,
} from './scenario.js';

/** A fault in force, and whether the sweep has met it. */
export interface StagedFault {
  readonly what: FaultKind;
  readonly struck: () => number;
}

const PYSPARK: Engine = 'PySpark engine version 3';

interface StagedSession {
  readonly id: string;
  readonly workGroup: string;
  readonly engine: Engine;
  readonly region: AthenaRegion;
}

/** The workgroup that every account has, and that nobody can delete. */
const PRIMARY = { name: 'primary', engine: 'Athena engine version 3' } as const;

export function stage(scenario: Scenario, athena: EmbeddedAthena): readonly StagedFault[] {
  const sessions = scenario.regions.flatMap((workgroups, r) => {
    const region = athena.region(regionName(r));
    region.createWorkgroup(PRIMARY);
    return workgroups.flatMap(({ name, engine, tags, sessions }, w) => {
      region.createWorkgroup({ name, engine, tags });
      if (engine === 'Athena engine version 3') return [];
      return sessions.map((plan, s) =>
        stageSession(plan, { id: sessionIdOf(r, w, s), workGroup: name, engine, region }),
      );
    });
  });
  for (const turn of scenario.turns) stageTurn(turn, nth(sessions, turn.session), athena);
  return scenario.faults.flatMap((plan) => {
    const target = targetOf(plan, scenario, sessions);
    const scripted = FAULTS[plan.what].map((fault) => athena.script({ ...target, ...fault }));
    return scripted.map((fault) => ({ what: plan.what, struck: () => fault.callsStruck }));
  });
}

function stageSession({ isLost, ...plan }: SessionPlan, session: StagedSession): StagedSession {
  const { id, workGroup, region } = session;
  region.putSession({ ...plan, workGroup, sessionId: id });
  if (isLost) region.loseSession(id);
  return session;
}

export function regionName(index: number): string {
  return nth(REGIONS, index) ?? REGIONS[0];
}

/** The n-th of a list, counted round and round; undefined only where the list is empty. */
export function nth<T>(items: readonly T[], n: number): T | undefined {
  return items[n % Math.max(1, items.length)];
}

type FaultEffect = { [F in Fault as F['kind']]: Omit<F, keyof FaultTarget> }[Fault['kind']] &
  Pick<FaultTarget, 'operation'>;

const ODD_JSON = '{"WorkGroups":[null],"Sessions":[null],"Status":"?","Tags":[null],"State":5}';

const error = (code: string, status = 400, done = false) => ({ kind: 'error', code, status, done }) as const;
const HOUR = 3_600_000;
const instants = (at: number) =>
  ['IdleSinceDateTime', 'LastModifiedDateTime'].map((member) => replace(member, at / 1_000));
const denied = (policy: string) =>
  ({
    ...error('AccessDeniedException'),
    message: `User: arn:aws:sts::111122223333:assumed-role/reaper/sweep is not authorized with an explicit deny in ${policy}`,
  }) as const;
const replace = (member: string, value?: JsonValue) => ({ kind: 'replace', member, value }) as const;

const FAULTS: Readonly<Record<FaultKind, readonly FaultEffect[]>> = {
  throttled: [{ kind: 'throttle' }],
  'too many requests': [error('TooManyRequestsException')],
  '500': [error('InternalServerException', 500)],
  '500 though done': [error('InternalServerException', 500, true)],
  '503': [error('ServiceUnavailable', 503)],
  dropped: [{ kind: 'drop' }],
  'dropped though done': [{ kind: 'drop', done: true }],
  hang: [{ kind: 'hang' }],
  'hang though done': [{ kind: 'hang', done: true }],
  'cut off': [{ kind: 'cut' }],
  'malformed JSON': [{ kind: 'malformed' }],
  'odd JSON': [{ kind: 'malformed', body: ODD_JSON }],
  'no body': [{ kind: 'malformed', body: '' }],
  'no object': [{ kind: 'malformed', body: '[]' }],
  'no list': [{ kind: 'malformed', body: '{}' }],
  'list of nobody': [{ kind: 'malformed', body: '{"WorkGroups":[{}],"Sessions":[{}],"Tags":[{}]}' }],
  'no workgroups': [{ kind: 'malformed', body: '{"WorkGroups":[]}', operation: 'ListWorkGroups' }],
  'access denied': [error('AccessDeniedException')],
  'denied by the role': [denied('an identity-based policy')],
  'denied by the organization': [denied('a service control policy')],
  'credentials expired': [error('ExpiredTokenException')],
  'invalid request': [error('InvalidRequestException')],
  'not found': [error('ResourceNotFoundException')],
  'unknown error': [error('SomethingNewException')],
  'page token expired': [{ kind: 'expired-token' }],
  'page token repeated': [{ kind: 'repeated-token' }],
  'unknown state': [replace('State', 'HIBERNATING')],
  'no state': [replace('State')],
  'timestamps missing': [
    replace('IdleSinceDateTime'),
    replace('LastModifiedDateTime'),
    replace('StartDateTime'),
  ],
  'timestamps garbled': [replace('IdleSinceDateTime', 'yesterday')],
  'timestamps of zero': instants(0),
  'timestamps too early': instants(Date.UTC(2022, 9, 31)),
  'timestamps before the start': instants(START - 20 * HOUR),
  'timestamps in the future': instants(START + 20 * HOUR),
  slow: [{ kind: 'delay', ms: 3_000 }],
  // The wire does these.
  'connection refused': [],
  'never a whole answer': [],
};

function targetOf(plan: FaultPlan, { regions }: Scenario, sessions: readonly StagedSession[]): FaultTarget {
  const { operation, region, workgroup, session, after, times } = plan;
  const r = region === undefined ? undefined : region % regions.length;
  const workgroups = r === undefined ? regions.flat() : (regions[r] ?? []);
  return {
    operation,
    region: r === undefined ? undefined : regionName(r),
    workGroup: workgroup === undefined ? undefined : nth(workgroups, workgroup)?.name,
    sessionId: session === undefined ? undefined : nth(sessions, session)?.id,
    after,
    times: times || Number.POSITIVE_INFINITY,
  };
}

function stageTurn(
  { beforeCall, what }: LifeTurn,
  session: StagedSession | undefined,
  athena: EmbeddedAthena,
) {
  if (!session) return;
  athena.script({
    kind: 'before',
    where: ({ seq }) => seq === beforeCall,
    run: () => {
      const known = session.region.sessions().find(({ sessionId }) => sessionId === session.id);
      if (known) TURNS[what]({ ...session, isIdle: known.state === 'IDLE' });
    },
  });
}

const EXEMPT = `${DEFAULT_SETTINGS.tags.prefix}:exempt`;
const IDLE_MINUTES = `${DEFAULT_SETTINGS.tags.prefix}:idle-minutes`;
const NO_TAGS = { [EXEMPT]: undefined, [IDLE_MINUTES]: undefined };

type Turn = (session: StagedSession & { readonly isIdle: boolean }) => void;
const TURNS: Readonly<Record<TurnKind, Turn>> = {
  works: ({ region, id, isIdle }) => void (isIdle && region.runCalculation(id, 600_000)),
  'works a moment ago': ({ region, id, isIdle }) => void (isIdle && region.runCalculation(id, 0)),
  'works over Spark Connect': ({ region, id, isIdle, engine }) =>
    void (isIdle && engine !== PYSPARK && region.sparkConnectWork(id, { seconds: 600 })),
  ends: ({ region, id }) => region.endSession(id),
  vanishes: ({ region, id }) => region.forgetSession(id),
  'is lost': ({ region, id }) => region.loseSession(id),
  'becomes exempt': ({ region, id }) => region.tag({ sessionId: id }, { [EXEMPT]: 'true' }),
  'gets a longer limit': ({ region, id }) => region.tag({ sessionId: id }, { [IDLE_MINUTES]: '10080' }),
  'loses its tags': ({ region, id }) => region.tag({ sessionId: id }, NO_TAGS),
  'workgroup becomes exempt': ({ region, workGroup }) => region.tag({ workGroup }, { [EXEMPT]: 'true' }),
  'workgroup loses its tags': ({ region, workGroup }) => region.tag({ workGroup }, NO_TAGS),
};
