import type { IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { healthRows } from './dashboard-health.js';
import { sessionRows } from './dashboard-sessions.js';
import type { DashboardSubject } from './dashboard-subject.js';
import { introduction } from './dashboard-text.js';

/**
 * The dashboard, row by row: what was ended and saved, what is going on, what each session's story is, and
 * whether the reaper itself is well.
 */
export function dashboardRows(subject: DashboardSubject): IWidget[][] {
  return [[introduction(subject)], ...sessionRows(subject), ...healthRows(subject)];
}
