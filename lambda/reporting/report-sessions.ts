/** The sessions that a report names: the most important first, and as many as fit. */
import { REPORT_ORDER } from '../contract/outcomes.js';
import { MAX_SESSIONS_REPORTED, type SessionRecord, type SweepReport } from '../contract/report.js';
import { type TextOptions, textsOf } from './texts.js';
import type { Undigested } from './what-happened.js';

/** An event holds 256 KB, and needs some of it around the report; long tags and errors can make 200 records more. */
const MAX_REPORT_BYTES = 240_000 - 64;

interface Recorded {
  /** Those that are known, in any order. */
  readonly records: readonly SessionRecord[];
  /** How many there are in all. */
  readonly recorded: number;
  readonly isNews: (record: SessionRecord) => boolean;
  readonly texts: TextOptions;
}

/** Completes a report by its sessions, and by what it says to people. */
export function withSessions(
  rest: Omit<Undigested, 'sessions' | 'sessionsOmitted'>,
  { records, recorded, isNews, texts: options }: Recorded,
): SweepReport {
  const inOrder = foremost(records);
  const named = inOrder.filter((one) => isNamed(one, isNews));
  const whole = { ...rest, sessions: inOrder, sessionsOmitted: recorded - inOrder.length };
  const texts = textsOf(whole, named, options);
  const sessions = fitting(inOrder, MAX_REPORT_BYTES - bytesOf({ ...rest, ...texts }));
  return { ...rest, ...texts, sessions, sessionsOmitted: recorded - sessions.length };
}

/** Whether a digest names the session, if there is room. */
export function isNamed(record: SessionRecord, isNews: Recorded['isNews']): boolean {
  return record.outcome === 'would-terminate' || isNews(record);
}

/** By what was done, then by how long past their limit they are. */
export function foremost(records: readonly SessionRecord[]): SessionRecord[] {
  const rank = ({ outcome }: SessionRecord) => REPORT_ORDER[outcome];
  const past = ({ minutes, limitMinutes }: SessionRecord) => minutes - limitMinutes;
  return records.toSorted((a, b) => rank(a) - rank(b) || past(b) - past(a)).slice(0, MAX_SESSIONS_REPORTED);
}

/** As many of the records as fit, from the first on. */
function fitting(records: readonly SessionRecord[], bytes: number): readonly SessionRecord[] {
  let left = bytes;
  const tooMany = records.findIndex((record) => {
    left -= bytesOf(record) + 1;
    return left < 0;
  });
  return tooMany < 0 ? records : records.slice(0, tooMany);
}

function bytesOf(value: object): number {
  return Buffer.byteLength(JSON.stringify(value));
}
