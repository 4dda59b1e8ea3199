import type { IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { organizationRows } from '../organization/dashboard-rows.js';
import { alarmStates, healthRows } from './health.js';
import { introduction } from './introduction.js';
import { sessionRows } from './sessions.js';
import type { DashboardSubject } from './subject.js';

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
