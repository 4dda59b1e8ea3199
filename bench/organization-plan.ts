/** What the state machine makes of the size of an organization, by its own expressions. */
import jsonata from 'jsonata';
import { atOnceInGroup, GROUP_SIZE, groups, groupsAtOnce } from '../lib/organization/expressions/groups.js';

/** Of the function, with the default schedule. */
const TIMEOUT_SECONDS = 60;

export interface Size {
  readonly accounts: number;
  readonly regions: number;
  readonly maxConcurrency: number;
}

export interface Plan {
  /** The number of targets in each group. */
  readonly groups: readonly number[];
  readonly groupsAtOnce: number;
  /** Targets of a group. */
  readonly atOnce: number;
}

export async function planned({ accounts: count, regions, maxConcurrency }: Size): Promise<Plan> {
  const accounts = Array.from({ length: count }, (_, n) => String(100_000_000_000 + n));
  const groupSize = await evaluate(GROUP_SIZE, { accounts });
  const inRegions = Array.from({ length: regions }, (_, n) => `region-${n}`);
  const atOnce = Number(await evaluate(atOnceInGroup(maxConcurrency), { accounts, regions: inRegions }));
  const formed = await evaluate(groups({ timeoutSeconds: TIMEOUT_SECONDS, regions: inRegions }), {
    accounts,
    regions: inRegions,
    groupSize,
    atOnce,
    event: {},
    sweepEnds: 0,
  });
  if (!Array.isArray(formed)) throw new TypeError('The groups are no list');
  return {
    groups: formed.map((group: { accounts: string[] }) => group.accounts.length * regions),
    groupsAtOnce: Number(await evaluate(groupsAtOnce(maxConcurrency), { atOnce })),
    atOnce,
  };
}

function evaluate(expression: string, variables: Record<string, unknown>): Promise<unknown> {
  return jsonata(expression.replace(/^\{% | %\}$/g, '')).evaluate(undefined, variables);
}
