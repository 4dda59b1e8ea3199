import type { IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { alarmStates, healthRows } from './health.js';
import { introduction } from './introduction.js';
import { keptRows } from './kept.js';
import { lastEndedRow, savedRows } from './saved.js';
import { sessionRows } from './sessions.js';
import type { DashboardSubject } from './subject.js';

/**
 * The dashboard, row by row: whether the reaper is well, what it ended and saved, which sessions there are, which of
 * them live on, why each was ended, and what to look at when the reaper is not well. Each title asks what its widget
 * answers.
 * @param moreRows what a special case shows beyond every deployment.
 */
export function dashboardRows(subject: DashboardSubject, moreRows: IWidget[][] = []): IWidget[][] {
  return [
    [introduction(subject)],
    [alarmStates(subject)],
    ...savedRows(subject),
    ...sessionRows(subject),
    ...keptRows(subject),
    lastEndedRow(subject),
    ...moreRows,
    ...healthRows(subject),
  ];
}
