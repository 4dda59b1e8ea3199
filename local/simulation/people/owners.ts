/** Whose sessions they are, by what clients leave behind: tags, or the role that a job runs as. */
import { DEFAULT_ACCOUNT } from '../../athena/index.js';
import type { WorkPlan } from './work-plan.js';

const NAMES = ['Ada', 'Bao', 'Carla', 'Dawit', 'Elif', 'Femi', 'Goran', 'Hana'];

/** @param person counts those of a group. */
export function withOwner(plan: WorkPlan, person: number): WorkPlan {
  const name = NAMES[person % NAMES.length] ?? 'Ada';
  const { session, client } = plan;
  switch (client) {
    case 'dbt':
      return { ...plan, session: { ...session, executionRole: roleOf('dbt-runner') } };
    case 'studio':
      return {
        ...plan,
        session: { ...session, tags: { ...session.tags, AmazonDataZoneSessionOwner: name } },
      };
    case 'notebook':
      return { ...plan, session: { ...session, tags: { ...session.tags, Owner: name } } };
    // A script on somebody's machine says nothing.
    case 'script':
      return plan;
    default:
      return client satisfies never;
  }
}

function roleOf(name: string): string {
  return `arn:aws:iam::${DEFAULT_ACCOUNT}:role/${name}`;
}
