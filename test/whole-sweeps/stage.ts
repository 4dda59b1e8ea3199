/** Sets a scenario up on an embedded Athena: its workgroups, its sessions, what goes wrong and what people do. */

import { DEFAULT_SETTINGS } from '../../lambda/contract/settings.js';
import type { AthenaRegion, EmbeddedAthena, Fault, FaultTarget } from '../../local/athena/index.js';
import {
  type FaultKind,
  type FaultPlan,
  type LifeTurn,
  REGIONS,
  type Scenario,
  sessionIdOf,
} from './scenario.js';

/** A fault in force, and whether the sweep has met it. */
export interface StagedFault {
  readonly what: FaultKind;
  readonly befallen: () => number;
}

interface StagedSession {
  readonly id: string;
  readonly region: AthenaRegion;
}

export function stage(scenario: Scenario, athena: EmbeddedAthena): readonly StagedFault[] {
  const sessions = scenario.regions.flatMap((workgroups, r) => {
    const region = athena.region(regionName(r));
    return workgroups.flatMap(({ name, engine, tags, sessions }, w) => {
      region.createWorkgroup({ name, engine, tags });
      if (engine === 'Athena engine version 3') return [];
      return sessions.map((plan, s) => ({
        id: region.putSession({ ...plan, workGroup: name, sessionId: sessionIdOf(r, w, s) }),
        region,
      }));
    });
  });
  for (const turn of scenario.turns) stageTurn(turn, nth(sessions, turn.session), athena);
  return scenario.faults.flatMap((plan) => {
    const target = targetOf(plan, scenario, sessions);
    const scripted = FAULTS[plan.what].map((fault) => athena.script({ ...target, ...fault }));
    return scripted.map((fault) => ({ what: plan.what, befallen: () => fault.callsStruck }));
  });
}

export function regionName(index: number): string {
  return nth(REGIONS, index) ?? REGIONS[0];
}

/** The n-th of a list, counted round and round; undefined only where the list is empty. */
export function nth<T>(items: readonly T[], n: number): T | undefined {
  return items[n % Math.max(1, items.length)];
}

type FaultEffect = { [F in Fault as F['kind']]: Omit<F, keyof FaultTarget> }[Fault['kind']];

const ODD_JSON = '{"WorkGroups":[null],"Sessions":[null],"Status":"?","Tags":[null],"State":5}';

const error = (code: string, status = 400, done = false) => ({ kind: 'error', code, status, done }) as const;
const replace = (member: string, value?: string) => ({ kind: 'replace', member, value }) as const;

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
  'access denied': [error('AccessDeniedException')],
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
  const { id, region } = session;
  athena.script({
    kind: 'before',
    where: ({ seq }) => seq === beforeCall,
    run: () => {
      const known = region.sessions().find(({ sessionId }) => sessionId === id);
      if (known) TURNS[what](region, id, known.state === 'IDLE');
    },
  });
}

const TURNS: Readonly<Record<LifeTurn['what'], (region: AthenaRegion, id: string, isIdle: boolean) => void>> =
  {
    works: (region, id, isIdle) => void (isIdle && region.runCalculation(id, 600_000)),
    'works a moment ago': (region, id, isIdle) => void (isIdle && region.runCalculation(id, 0)),
    ends: (region, id) => region.endSession(id),
    vanishes: (region, id) => region.forgetSession(id),
    'becomes exempt': (region, sessionId) =>
      region.tag({ sessionId }, { [`${DEFAULT_SETTINGS.tags.prefix}:exempt`]: 'true' }),
  };
