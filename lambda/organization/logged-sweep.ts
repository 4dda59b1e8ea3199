/** What the log shows of a sweep: its sessions, and the figures of its targets. */
import * as v from 'valibot';
import { type Outcome, REPORT_ORDER } from '../contract/outcomes.js';
import { REASONS, type ReasonKind } from '../contract/reasons.js';
import type { SessionRecord } from '../contract/report.js';
import type { Mode } from '../contract/settings.js';
import { LOG_MESSAGES } from '../contract/telemetry.js';
import { addedUp, type Figures, figuresInLog } from './totals.js';

export interface LoggedSweep {
  /** Each session once, with what was said of it last. */
  readonly records: readonly SessionRecord[];
  /** Of every target that has finished; without what no line says: which accounts were reached, and what is overdue. */
  readonly figures: Figures;
  /** Missing where no target has finished. */
  readonly mode?: Mode;
}

/** @param lines of the function's log, oldest first; what is no line of a session or a target is left out. */
export function loggedSweep(lines: readonly unknown[]): LoggedSweep {
  const records = new Map<string, SessionRecord>();
  const targets = new Map<string, v.InferOutput<typeof targetLine>>();
  for (const line of lines) {
    const session = v.safeParse(sessionLine, line);
    if (session.success) {
      const { message: _, account, ...record } = session.output;
      records.set(record.sessionId, { accountId: account, ...record });
    }
    const target = v.safeParse(targetLine, line);
    if (!target.success) continue;
    const place = `${target.output.account}/${target.output.region}`;
    // Where a group runs twice, the second run finds the sessions ended.
    if (!targets.has(place)) targets.set(place, target.output);
  }
  const [first] = targets.values();
  return {
    records: [...records.values()],
    figures: addedUp([...targets.values()].map(figuresInLog)),
    ...(first && { mode: first.mode }),
  };
}

const text = v.string();
const maybe = v.exactOptional(text);
const numbers = v.record(v.string(), v.number());

/** As `logTo` writes a record. */
const sessionLine = v.object({
  message: v.literal(LOG_MESSAGES.session),
  account: text,
  ...{ sessionId: text, workGroup: text, region: text, state: text, rule: text, reason: text },
  ...{ minutes: v.number(), limitMinutes: v.number() },
  kind: v.custom<ReasonKind>((value) => isNameIn(REASONS, value)),
  outcome: v.custom<Outcome>((value) => isNameIn(REPORT_ORDER, value)),
  ...{ startedAt: maybe, returnedState: maybe, client: maybe, owner: maybe, error: maybe },
  clock: v.exactOptional(v.picklist(['idle-since', 'last-modified', 'started'])),
  ownerFrom: v.exactOptional(v.picklist(['tag', 'workgroup-tag', 'role', 'cloudtrail'])),
  lowerBound: v.exactOptional(v.literal(true)),
  again: v.exactOptional(v.literal(true)),
  overdueMinutes: v.exactOptional(v.number()),
  dpuHoursSaved: v.exactOptional(v.number()),
});

/** As `logSummary` writes the report of a target. */
const targetLine = v.object({
  message: v.literal(LOG_MESSAGES.target),
  ...{ account: text, region: text },
  mode: v.picklist(['terminate', 'report']),
  ...{ counts: numbers, returnedStates: numbers },
  saved: v.object({ dpuHours: v.number(), sessionsNotCounted: v.number() }),
  ...{ calls: v.number(), throttledCalls: v.number() },
});

function isNameIn(names: object, value: unknown): boolean {
  return typeof value === 'string' && Object.hasOwn(names, value);
}
