/** The words of Logs Insights that the queries are made of. */
import type { Outcome } from '../../lambda/contract/outcomes.js';
import type { Counts, NotListed } from '../../lambda/contract/report.js';
import type { Mode } from '../../lambda/contract/settings.js';
import {
  LOG_MESSAGES,
  type SessionLogField,
  type SweepLogField,
  type TargetLogField,
  type TotalLogField,
} from '../../lambda/contract/telemetry.js';

/** A Logs Insights query: a widget of the dashboard, and saved under its name for whoever looks closer. */
export interface SavedQuery {
  readonly name: string;
  readonly lines: readonly string[];
}

/** A field that some log line has. Queries take their fields from here only. */
export type Field =
  | '@timestamp'
  | 'message'
  | SessionLogField
  | TargetLogField
  | TotalLogField
  | keyof NotListed
  | Exclude<SweepLogField, 'counts'>
  | `counts.${keyof Counts}`;

export const list = (...fields: readonly Field[]) => fields.join(', ');
export const fields = (...names: readonly Field[]) => `fields ${list(...names)}`;
export const where = (field: Field, ...values: readonly string[]) =>
  `filter ${field} in ${JSON.stringify(values)}`;
export const newestFirst = (limit: number) => [`sort ${list('@timestamp')} desc`, `limit ${limit}`];

export function onSessions(...outcomes: readonly Outcome[]): readonly string[] {
  return [where('message', LOG_MESSAGES.session), where('outcome', ...outcomes)];
}

/** Ended by Athena's own answer; in report mode, what would have been asked to end. */
export function ended(mode: Mode): readonly string[] {
  return onSessions(mode === 'report' ? 'would-terminate' : 'terminated');
}
