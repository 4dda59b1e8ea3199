import type { IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { alarmStates, healthRows } from './dashboard-health.js';
import { sessionRows } from './dashboard-sessions.js';
import type { DashboardSubject } from './dashboard-subject.js';
import { introduction } from './dashboard-text.js';
import { organizationRows } from './organization/dashboard.js';

/**
 * The dashboard, row by row: whether the reaper is well, what it ended and saved, what is going on, what each
 * session's story is, and what to look at when it is not well.
 */
export function dashboardRows(subject: DashboardSubject): IWidget[][] {
  return [
    [introduction(subject)],
    [alarmStates(subject)],
    ...sessionRows(subject),
    ...organizationRows(subject),
    ...healthRows(subject),
  ];
}
