import type { OrganizationConfig } from '../config/keys/reaper-config.js';

/** What the definition of the state machine is made from. */
export interface DefinitionProps
  extends Pick<
    OrganizationConfig,
    | 'accounts'
    | 'excludeAccounts'
    | 'sweepManagementAccount'
    | 'regions'
    | 'regionsByAccount'
    /** Invocations at the same time. */
    | 'maxConcurrency'
    /** Targets that may stay unswept without the execution failing, in percent. */
    | 'toleratedFailurePercentage'
  > {
  readonly partition: string;
  readonly functionArn: string;
  /** The function's own. */
  readonly timeoutSeconds: number;
  /** From the start of a sweep, when the last answer of a target is due. */
  readonly sweepSeconds: number;
  /** After this long an execution is given up, whatever it waits for. */
  readonly giveUpAfterSeconds: number;
}
