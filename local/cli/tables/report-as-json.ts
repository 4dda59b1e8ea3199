/** The report for programs. */
import type { SeenSession, SweepView } from '../../account/sweep-view.js';
import { sessionRow } from './session-row.js';

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
 * the settings come from, and the sessions that were kept.
 */
export function reportAsJson(
  { report, sessions }: SweepView,
  { accountId, settingsSource, dpuHourPrice }: ReportContext,
): string {
  const kept = sessions.flatMap((seen) => (seen.record ? [] : keptSession(seen, dpuHourPrice)));
  return JSON.stringify({ account: accountId ?? null, settingsSource, ...report, kept }, undefined, 2);
}

/** @returns nothing for a session that the sweep did not list. */
function keptSession(seen: SeenSession, dpuHourPrice: number) {
  const { verdict, region, workGroup, sessionId, state, limitMinutes, rule, why, client } = sessionRow(
    seen,
    dpuHourPrice,
  );
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
