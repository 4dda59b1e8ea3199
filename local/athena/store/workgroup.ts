/** A workgroup and its engine. */
import type { WorkGroupState } from '@aws-sdk/client-athena';
import type { JsonObject } from '../wire/json.js';
import { SessionIndex } from './session-index.js';

/** Engine versions that CreateWorkGroup has on offer. */
export const ENGINES = [
  'Athena engine version 2',
  'Athena engine version 3',
  'PySpark engine version 3',
  'Apache Spark version 3.5',
] as const;
/** An engine, or one with a name that does not exist yet. */
export type Engine = (typeof ENGINES)[number] | `Apache Spark version ${string}`;

export const PYSPARK = 'PySpark engine version 3' satisfies Engine;
export const SPARK_3_5 = 'Apache Spark version 3.5' satisfies Engine;
const DEFAULT_SQL: Engine = 'Athena engine version 3';

/** What a workgroup is made from. */
export interface WorkgroupSpec {
  readonly name: string;
  /** What was selected. @default 'PySpark engine version 3' */
  readonly engine?: Engine | 'AUTO' | undefined;
  /** What it runs on. @default what was selected; for `AUTO`, the SQL engine */
  readonly effectiveEngine?: Engine | undefined;
  /** Which of the two answers show. @default 'both' */
  readonly engineShown?: 'both' | 'selected' | 'none' | undefined;
  /** @default 'ENABLED' */
  readonly state?: WorkGroupState | undefined;
  readonly description?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Members of WorkGroupConfiguration that GetWorkGroup gives back. */
  readonly configuration?: JsonObject | undefined;
}

export interface WorkgroupRecord {
  readonly name: string;
  readonly selectedEngine: string;
  readonly effectiveEngine: Engine;
  readonly engineShown: 'both' | 'selected' | 'none';
  readonly state: WorkGroupState;
  readonly description?: string | undefined;
  readonly createdAt: number;
  readonly configuration: JsonObject;
  readonly tags: Map<string, string>;
  readonly sessions: SessionIndex;
}

export function newWorkgroup(spec: WorkgroupSpec, now: number): WorkgroupRecord {
  const engine = spec.engine ?? PYSPARK;
  return {
    name: spec.name,
    selectedEngine: engine,
    effectiveEngine: spec.effectiveEngine ?? (engine === 'AUTO' ? DEFAULT_SQL : engine),
    engineShown: spec.engineShown ?? 'both',
    state: spec.state ?? 'ENABLED',
    description: spec.description,
    createdAt: now,
    configuration: spec.configuration ?? {},
    tags: new Map(Object.entries(spec.tags ?? {})),
    sessions: new SessionIndex(),
  };
}

/** Every engine but those of SQL. */
export function holdsSessions(workgroup: WorkgroupRecord): boolean {
  return !workgroup.effectiveEngine.startsWith('Athena engine');
}

/** By the user guide, Apache Spark 3.5 has no calculation APIs. */
export function hasCalculations(workgroup: WorkgroupRecord): boolean {
  return workgroup.effectiveEngine === PYSPARK;
}
