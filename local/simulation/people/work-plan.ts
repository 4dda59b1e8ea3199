import type { SessionPlacement } from '../../athena/index.js';

/**
 * What one person or job means to do with a session, whatever becomes of the session meanwhile: whoever finds
 * it ended starts another. Times are minutes since the simulated day began, so that a day with the reaper and
 * one without see the same people.
 */
export interface WorkPlan {
  readonly client: Client;
  readonly workGroup: string;
  readonly startsAt: number;
  /** In order; each is begun as soon as the one before is over. */
  readonly calculations: readonly { readonly at: number; readonly minutes: number }[];
  /** When the session is stopped by its owner; missing where it is forgotten. */
  readonly stopsAt?: number;
  readonly trouble?: Trouble;
  readonly session: Pick<
    SessionPlacement,
    | 'idleTimeoutMinutes'
    | 'description'
    | 'notebookVersion'
    | 'executionRole'
    | 'tags'
    | 'coordinatorDpus'
    | 'terminateAnswer'
  >;
}

export type Client = 'notebook' | 'script' | 'dbt' | 'studio';

/** Ways in which a session gets stuck: nothing but a limit for its state ends it. */
export type Trouble =
  | { readonly kind: 'never created' }
  | { readonly kind: 'degrades'; readonly afterMinutes: number };
