import { z } from 'zod';
import type { Sweep } from './scheduled-reaper.js';

/** A log line as Logs Insights sees it: its JSON fields, and the time at which it was written. */
export interface LogLine {
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

const fieldsSchema = z.record(z.string(), z.unknown());

/**
 * The log lines of sweeps, metrics among them. The lines carry the wall clock, so they are placed in time by
 * the sweep that wrote them; sessions are swept side by side, so within a sweep they are put in order.
 */
export function logLines(sweeps: readonly Sweep[]): readonly LogLine[] {
  return sweeps.flatMap((sweep) => {
    if (sweep.kind === 'refused') return [];
    const lines = sweep.lines.map((line) => fieldsSchema.parse(JSON.parse(line)));
    return lines
      .toSorted((a, b) => keyOf(a).localeCompare(keyOf(b)))
      .map((fields) => ({ timestamp: sweep.at, fields }));
  });
}

function keyOf({ message, workGroup, sessionId }: LogLine['fields']): string {
  return [message, workGroup, sessionId].map((part) => String(part ?? '')).join('/');
}
