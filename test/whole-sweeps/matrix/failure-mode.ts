/** One thing that can go wrong around a sweep, and the places in the account of `play/base.ts` that it strikes. */
import type { Outcome } from '../../../lambda/contract/outcomes.js';
import type { FaultPlan, Scenario, SweepOperation } from '../play/scenario.js';

export interface FailureMode {
  /** Its anchor in `docs/failure-modes.md`. */
  readonly id: string;
  readonly what: string;
  readonly scenario: Partial<Scenario>;
  /** Outcomes of the due sessions that it strikes; every other one is ended. */
  readonly outcomes?: Readonly<Record<string, Outcome>>;
  /** Due sessions that are kept as unknown. */
  readonly unknown?: readonly string[];
  /** Places that are not listed, and whose sessions have no outcome. */
  readonly notListed?: readonly string[];
  /** What the log says of it, where it says anything. */
  readonly says?: RegExp;
  /** Why it is so, or what to know about it. */
  readonly note: string;
}

/** The due sessions of `BASE` by region and workgroup. */
export const DUE_SESSIONS: Readonly<Record<string, readonly string[]>> = {
  'eu-west-1/etl': ['session-0-0-0', 'session-0-0-1'],
  'eu-west-1/adhoc': ['session-0-1-0'],
  'us-east-1/etl': ['session-1-0-0'],
  'ap-south-1/etl': ['session-2-0-0'],
};

/** The first of the due sessions, which {@link ONE_SESSION} strikes. */
export const ONE = 'session-0-0-0';
export const EUROPE = { region: 0 };
export const ETL = { region: 0, workgroup: 0 };
export const ONE_SESSION = { session: 0 };

type Place = Pick<FaultPlan, 'region' | 'workgroup' | 'session'>;
type Count = Partial<Pick<FaultPlan, 'after' | 'times'>>;
const OFTEN = { after: 0, times: 0 };

export function fault(
  what: FaultPlan['what'],
  operation?: SweepOperation,
  place: Place = {},
  count: Count = {},
) {
  return { what, operation, ...place, ...OFTEN, ...count };
}
