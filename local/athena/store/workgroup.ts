/** A workgroup and its engine. */
import type { WorkGroupState } from '@aws-sdk/client-athena';
import type { JsonObject } from '../wire/json.js';
import { SessionIndex } from './session-index.js';

/** Engine versions that a workgroup can select; those of Spark hold sessions. */
export const ENGINES = [
  'Athena engine version 2',
  'Athena engine version 3',
  'PySpark engine version 3',
  'Apache Spark version 3.5',
] as const;
export type Engine = (typeof ENGINES)[number];

export const PYSPARK: Engine = 'PySpark engine version 3';
export const SPARK_3_5: Engine = 'Apache Spark version 3.5';
const DEFAULT_SQL: Engine = 'Athena engine version 3';

/** What a workgroup is made from. */
export interface WorkgroupSpec {
  readonly name: string;
  /** What was selected; `AUTO` gives the SQL engine. @default 'PySpark engine version 3' */
  readonly engine?: Engine | 'AUTO' | undefined;
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
    effectiveEngine: engine === 'AUTO' ? DEFAULT_SQL : engine,
    state: spec.state ?? 'ENABLED',
    description: spec.description,
    createdAt: now,
    configuration: spec.configuration ?? {},
    tags: new Map(Object.entries(spec.tags ?? {})),
    sessions: new SessionIndex(),
  };
}

export function holdsSessions(workgroup: WorkgroupRecord): boolean {
  return workgroup.effectiveEngine === PYSPARK || workgroup.effectiveEngine === SPARK_3_5;
}

/** By the user guide, Apache Spark 3.5 has no calculation APIs. */
export function hasCalculations(workgroup: WorkgroupRecord): boolean {
  return workgroup.effectiveEngine === PYSPARK;
}
