/** The report for programs. */
import type { SeenSession, SweepView } from '../../account/sweep-view.js';
import { type SessionRow, sessionRow } from './session-row.js';
import { totalsByOwner, totalsByWorkgroup } from './totals-table.js';

/** What a report is about, beside the sweep itself. */
export interface ReportContext {
  /** Undefined where it is not known. */
  readonly accountId: string | undefined;
  /** The files that the settings come from, or why they are the defaults. */
  readonly settingsSource: string;
  /** US dollars. */
  readonly dpuHourPrice: number;
}

/**
 * The report as the function returns it, and beside it what a sweep on a person's machine knows: the account, where
 * the settings come from, the sessions that were kept, and what each costs.
 */
export function reportAsJson(
  { report, sessions }: SweepView,
  { accountId, settingsSource, dpuHourPrice }: ReportContext,
): string {
  const shown = sessions.map((seen) => ({ seen, row: sessionRow(seen, dpuHourPrice) }));
  const kept = shown.flatMap(({ seen, row }) => (seen.record ? [] : keptSession(seen, row)));
  const rows = shown.map(({ row }) => row);
  const totals = { byWorkgroup: totalsByWorkgroup(rows), byOwner: totalsByOwner(rows) };
  const costs = rows.map(costOf);
  const whole = { account: accountId ?? null, settingsSource, ...report, kept, costs, totals };
  return JSON.stringify(whole, undefined, 2);
}

/** What each session costs and, where it was asked for, whose it is and how many DPUs it holds. */
function costOf({ sessionId, region, dollarsBilled, billedFrom, dollarsToBill, dpus, owner }: SessionRow) {
  return { sessionId, region, dollarsBilled, billedFrom, dollarsToBill, dpus, owner };
}

/** @returns nothing for a session that the sweep did not list. */
function keptSession(seen: SeenSession, row: SessionRow) {
  const { verdict, region, workGroup, sessionId, state, limitMinutes, rule, why, client } = row;
  if (verdict !== 'kept' && verdict !== 'unknown') return [];
  const { minutes, clock, lowerBound } = seen.decision.evidence;
  return [
    {
      sessionId,
      workGroup,
      region,
      state,
      ...(minutes !== undefined && { minutes: Math.round(minutes * 10) / 10 }),
      ...(clock !== undefined && { clock }),
      ...(lowerBound && { lowerBound }),
      ...(limitMinutes !== undefined && { limitMinutes }),
      rule,
      reason: why,
      outcome: verdict,
      ...(client !== undefined && { client }),
    },
  ];
}
