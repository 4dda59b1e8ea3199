import { stringify } from 'csv-stringify/sync';
import { inOrder, type SessionRow } from './session-row.js';

/** A line for each session, for spreadsheets: RFC 4180, with a header; what looks like a formula is escaped. */
export function sessionsAsCsv(rows: readonly SessionRow[]): string {
  const records = inOrder(rows).map(({ idleMinutes, minutes, dpuHoursSaved, verdict, ...row }) => ({
    ...row,
    // The word that the report has for it.
    verdict: verdict === 'not-judged' ? 'failed' : verdict,
    idleMinutes: rounded(idleMinutes, 1),
    minutes: rounded(minutes, 1),
    dpuHoursSaved: rounded(dpuHoursSaved, 4),
    dollarsSaved: rounded(row.dollarsSaved, 4),
    dollarsBilled: rounded(row.dollarsBilled, 4),
    dollarsToBill: rounded(row.dollarsToBill, 4),
  }));
  return stringify(records, { header: true, columns: [...COLUMNS], cast: CAST, escape_formulas: true });
}

/** The library would write 1 for it. */
const CAST = { boolean: String };

function rounded(value: number | undefined, digits: number): number | undefined {
  return value === undefined ? undefined : Number(value.toFixed(digits));
}

const COLUMNS = [
  { key: 'verdict', header: 'outcome' },
  { key: 'region', header: 'region' },
  { key: 'workGroup', header: 'workgroup' },
  { key: 'sessionId', header: 'session_id' },
  { key: 'state', header: 'state' },
  { key: 'idleMinutes', header: 'idle_minutes' },
  { key: 'limitMinutes', header: 'limit_minutes' },
  { key: 'rule', header: 'rule' },
  { key: 'why', header: 'why' },
  { key: 'returnedState', header: 'returned_state' },
  { key: 'client', header: 'client' },
  { key: 'owner', header: 'owner' },
  { key: 'dpuHoursSaved', header: 'dpu_hours_saved' },
  { key: 'dollarsSaved', header: 'dollars_saved' },
  { key: 'minutes', header: 'minutes' },
  { key: 'clock', header: 'clock' },
  { key: 'lowerBound', header: 'lower_bound' },
  { key: 'dollarsBilled', header: 'dollars_billed' },
  { key: 'billedFrom', header: 'billed_from' },
  { key: 'dollarsToBill', header: 'dollars_to_bill' },
  { key: 'dpus', header: 'dpus' },
] as const satisfies readonly { readonly key: keyof SessionRow; readonly header: string }[];
