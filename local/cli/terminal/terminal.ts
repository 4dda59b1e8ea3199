import type { Readable, Writable } from 'node:stream';
import { WriteStream } from 'node:tty';
import pc from 'picocolors';

/** Where a command reads from and writes to, so that tests run commands without a process of their own. */
export interface Terminal {
  /** What was asked for, and nothing else. */
  readonly stdout: Writable;
  /** Progress, questions and errors. */
  readonly stderr: Writable;
  readonly stdin: Readable;
  /** Whether a person sits at stdin. */
  readonly canAsk: boolean;
  /** The folder from which the nearest `cdk.json` is looked for. */
  readonly cwd: string;
  /** Aborts when the person wants it to stop (Ctrl+C). */
  readonly interrupted: AbortSignal;
}

/** Columns of a terminal that does not say how wide it is, and of a pipe: readable everywhere. */
const DEFAULT_COLUMNS = 80;

/** Columns to write in: `COLUMNS` goes before the terminal's own width. */
export function columnsOf(stream: Writable): number {
  const own = stream instanceof WriteStream ? stream.columns : 0;
  return Number(process.env.COLUMNS) || own || DEFAULT_COLUMNS;
}

/**
 * Columns for a table: where nobody watches, a record is one line however long it is, so that what searches lines finds
 * whole records.
 */
export function tableColumnsOf(stream: Writable): number {
  return isTerminal(stream) || process.env.COLUMNS ? columnsOf(stream) : Number.POSITIVE_INFINITY;
}

/** Whether a person watches. */
export function isTerminal(stream: Writable): boolean {
  return stream instanceof WriteStream && stream.isTTY;
}

/** Colours where the stream is a terminal that has them; `NO_COLOR` and `FORCE_COLOR` are honoured. */
export function coloursFor(stream: Writable): ReturnType<typeof pc.createColors> {
  const forced = Boolean(process.env.FORCE_COLOR);
  return pc.createColors(pc.isColorSupported && (forced || isTerminal(stream)));
}
export type Colours = ReturnType<typeof coloursFor>;
