/** Programs that start sessions and leave a trace by which they are known. */
export const CLIENTS = {
  dbt: 'dbt-athena',
  notebook: 'notebook',
  /** Known by a tag, which no listing shows. */
  studio: 'SageMaker Unified Studio',
} as const;

/** Those that a listing shows. */
export const LISTED_CLIENTS: readonly string[] = [CLIENTS.dbt, CLIENTS.notebook];
