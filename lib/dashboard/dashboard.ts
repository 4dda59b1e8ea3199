import type { IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { alarmStates, healthRows } from './health.js';
import { introduction } from './introduction.js';
import { sessionRows } from './sessions.js';
import type { DashboardSubject } from './subject.js';

/**
 * The dashboard, row by row: whether the reaper is well, what it ended and saved, what is going on, what each
 * session's story is, and what to look at when it is not well.
 * @param moreRows what a special case shows beyond every deployment.
 */
export function dashboardRows(subject: DashboardSubject, moreRows: IWidget[][] = []): IWidget[][] {
  return [
    [introduction(subject)],
    [alarmStates(subject)],
    ...sessionRows(subject),
    ...moreRows,
    ...healthRows(subject),
  ];
}
