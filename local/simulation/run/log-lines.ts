import * as v from 'valibot';
import type { Row } from '../cloudwatch/log-expression.js';
import type { Sweep } from './scheduled-reaper.js';

/** A line that the function wrote, and when. */
export interface LogLine {
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

const fieldsSchema = v.record(v.string(), v.unknown());

/**
 * The log lines of sweeps, metrics among them. The lines carry the wall clock, so they are placed in time by
 * the sweep that wrote them; sessions are swept side by side, so within a sweep they are put in order.
 */
export function logLines(sweeps: readonly Sweep[]): readonly LogLine[] {
  return sweeps.flatMap((sweep) => {
    if (sweep.kind === 'refused') return [];
    const lines = sweep.lines.map((line) => v.parse(fieldsSchema, JSON.parse(line)));
    return lines
      .toSorted((a, b) => keyOf(a).localeCompare(keyOf(b)))
      .map((fields) => ({ timestamp: sweep.at, fields }));
  });
}

/** Lines as Logs Insights sees them: nested fields by their names with dots, and `@timestamp`. */
export function insightsRows(lines: readonly LogLine[]): readonly Row[] {
  return lines.map(({ timestamp, fields }) => ({ ...flattened(fields, ''), '@timestamp': timestamp }));
}

function flattened(fields: object, prefix: string): Row {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      if (typeof value === 'object' && value !== null)
        return Object.entries(flattened(value, `${prefix}${name}.`));
      return [[`${prefix}${name}`, value]];
    }),
  );
}

function keyOf({ message, workGroup, sessionId }: LogLine['fields']): string {
  return [message, workGroup, sessionId].map((part) => String(part ?? '')).join('/');
}
