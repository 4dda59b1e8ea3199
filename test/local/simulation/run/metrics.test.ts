import { beforeAll, describe, expect, it } from 'vitest';
import type { ReaperConfigInput } from '../../../../lib/config/config.js';
import { type AlarmHistory, alarmHistories } from '../../../../local/simulation/cloudwatch/alarms.js';
import type { Mishap } from '../../../../local/simulation/people/profiles.js';
import type { WorkPlan } from '../../../../local/simulation/people/work-plan.js';
import { type Deployment, deploy } from '../../../../local/simulation/run/deployment.js';
import { metricsOf } from '../../../../local/simulation/run/metrics.js';
import { run } from '../../../../local/simulation/run/run.js';
import { MIDNIGHT } from '../../../../local/simulation/time.js';
import { someOf } from '../../../support/property-share.js';

const HOURS = 1.25;
const DENIED = { kind: 'error', code: 'AccessDeniedException' } as const;

/** For as long as the slowest alarm needs. */
const MOST_OF_THE_TIME = { fromHour: 0.25, toHour: 1, what: 'as the test says' } as const;

interface Trouble {
  readonly mishap?: Mishap;
  readonly plans?: readonly WorkPlan[];
}

/** Runs of the same trouble are one. */
const raised = new Map<Trouble, Promise<readonly string[]>>();

const STOPPED: Trouble = { mishap: { ...MOST_OF_THE_TIME, kind: 'stopped' } };

/** For each alarm, by the end of its name, something that should raise it. */
const TROUBLES: Readonly<Record<string, Trouble>> = {
  'no-sweep-completed': STOPPED,
  'function-throttled': STOPPED,
  'dead-letters': STOPPED,
  'not-healthy': STOPPED,
  'sweep-incomplete': fault({ ...DENIED, operation: 'ListSessions', workGroup: 'etl' }),
  'sessions-failing': fault({ ...DENIED, operation: 'TerminateSession' }),
  'function-errors': fault({ ...DENIED, operation: 'ListWorkGroups' }),
  'sweep-near-timeout': { mishap: { ...MOST_OF_THE_TIME, kind: 'slow', callMs: 55_000 } },
  'sessions-overdue': { plans: [forgotten({ terminateAnswer: { state: 'IDLE', takesEffect: false } })] },
  'sessions-unknown': fault({ kind: 'replace', member: 'IdleSinceDateTime' }),
  'session-tags-unreadable': {
    ...fault({
      kind: 'error',
      code: 'InvalidRequestException',
      operation: 'ListTagsForResource',
      where: ({ sessionId }) => sessionId !== undefined,
    }),
    plans: Array.from({ length: 12 }, () => forgotten({})),
  },
  'cap-reached': { plans: Array.from({ length: 12 }, () => forgotten({})) },
};

const CONFIG: ReaperConfigInput = { idleMinutes: 30, maxTerminationsPerSweep: 2 };
let deployment: Deployment;
beforeAll(async () => {
  deployment = await deploy(CONFIG);
});

describe('the alarms of the stack', () => {
  it('each have a trouble here that should raise them', async () => {
    const names = (await alarmsAfter({})).map(sectionOf);
    // Waiting for Athena's rate costs no simulated time: many-workgroups.test.ts raises the alarm on that.
    const elsewhere = ['not-catching-up'];
    expect(names.toSorted()).toEqual([...Object.keys(TROUBLES), ...elsewhere].toSorted());
  });

  it('are quiet while nothing goes wrong', async () => {
    expect(await raisedBy({ plans: [forgotten({})] })).toEqual([]);
  });

  it.each(someOf(Object.entries(TROUBLES)))(
    '%s goes to ALARM under a fault that should raise it',
    async (section, trouble) => {
      expect(await raisedBy(trouble)).toContain(section);
      expect(await raisedBy(trouble)).toContain('not-healthy');
    },
  );
});

function raisedBy(trouble: Trouble): Promise<readonly string[]> {
  const before = raised.get(trouble);
  if (before) return before;
  const sections = alarmsAfter(trouble).then((alarms) => alarms.filter(hasAlarmed).map(sectionOf));
  raised.set(trouble, sections);
  return sections;
}

async function alarmsAfter({ mishap, plans = [forgotten({})] }: Trouble): Promise<readonly AlarmHistory[]> {
  const profile = { workgroups: [{ name: 'etl' }, { name: 'other' }], mishaps: mishap ? [mishap] : [] };
  const { sweeps, endedAt } = await run({ profile, plans, hours: HOURS, deployment });
  const range = { from: MIDNIGHT, to: endedAt };
  return [...alarmHistories(deployment.resources, metricsOf(sweeps, deployment), range).values()];
}

/** Somebody who calculates once, a few minutes after midnight, and never comes back. */
function forgotten(session: WorkPlan['session']): WorkPlan {
  return {
    client: 'script',
    workGroup: 'other',
    startsAt: 1,
    calculations: [{ at: 2, minutes: 1 }],
    session,
  };
}

function fault(fault: Extract<Mishap, { kind: 'fault' }>['fault']): Trouble {
  return { mishap: { ...MOST_OF_THE_TIME, kind: 'fault', fault } };
}

function hasAlarmed({ states }: AlarmHistory): boolean {
  return states.some(({ state }) => state === 'ALARM');
}

/** The end of the name is the section of the runbook. */
function sectionOf({ name }: AlarmHistory): string {
  return name.replace('AthenaSessionReaper-', '');
}
