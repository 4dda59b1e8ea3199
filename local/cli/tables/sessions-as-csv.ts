import { stringify } from 'csv-stringify/sync';
import { inOrder, type SessionRow } from './session-row.js';

/** A line for each session, for spreadsheets: RFC 4180, with a header; what looks like a formula is escaped. */
export function sessionsAsCsv(rows: readonly SessionRow[]): string {
  const records = inOrder(rows).map(({ idleMinutes, verdict, ...row }) => ({
    ...row,
    // The word that the report has for it.
    verdict: verdict === 'not-judged' ? 'failed' : verdict,
    idleMinutes: idleMinutes === undefined ? undefined : Math.round(idleMinutes * 10) / 10,
  }));
  return stringify(records, { header: true, columns: [...COLUMNS], escape_formulas: true });
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
] as const satisfies readonly { readonly key: keyof SessionRow; readonly header: string }[];
