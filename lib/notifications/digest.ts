/** The digest mail: which reports are mailed, and what the mail says. */
import { EventField, type EventPattern, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import type { Counts } from '../../lambda/contract/report.js';

/** Lambda's name for what it puts on the bus when an invocation succeeded. */
export const DETAIL_TYPE = 'Lambda Function Invocation Result - Success';

/**
 * The counts worth a mail. Not `wouldTerminate`: in report mode the same sessions are due at each sweep.
 * docs/events.md has patterns for everything else.
 */
export const MAILED_COUNTS = [
  'terminated',
  'accepted',
  'warned',
  'failed',
] as const satisfies readonly (keyof Counts)[];

/** Reports of the function in which one of the counts is not zero. */
export function reportsWith(counts: readonly (keyof Counts)[], functionArn: string): EventPattern {
  return {
    source: ['lambda'],
    detailType: [DETAIL_TYPE],
    detail: {
      // Lambda appends the version, ":$LATEST".
      requestContext: { functionArn: [{ prefix: `${functionArn}:` }] },
      responsePayload: {
        counts: { $or: counts.map((count) => ({ [count]: [{ numeric: ['>', 0] }] })) },
      },
    },
  };
}

/** Where a reader of a digest looks further. */
export interface DigestLinks {
  /** A command that shows the log. */
  readonly tailLog: string;
  /** The dashboard's address. */
  readonly openDashboard: string;
}

/** How many sessions a digest names; all of them are in the log. */
const SESSIONS_NAMED = 5;

/** A digest as text. EventBridge puts each line in quotes; a session that is not there leaves an empty line. */
export function digest(deployment: string, { tailLog, openDashboard }: DigestLinks): RuleTargetInput {
  const report = (path: string) => EventField.fromPath(`$.detail.responsePayload.${path}`);
  const count = (name: keyof Counts) => report(`counts.${name}`);
  const sessions = Array.from({ length: SESSIONS_NAMED }, (_, index) => report(`sessions[${index}]`));
  return RuleTargetInput.fromMultilineText(
    [
      `Athena session reaper ${deployment}, account ${EventField.account}, ${EventField.region}: ` +
        `sweep of ${report('startedAt')}.`,
      `Ended: ${count('terminated')}. End accepted, not yet seen: ${count('accepted')}. ` +
        `Due soon: ${count('warned')}. Failed: ${count('failed')}. Left to the next sweep: ${count('deferred')}.`,
      `Saved, an estimate and a lower bound: ${report('saved.dpuHours')} DPU-hours, ` +
        `${report('saved.cost')} US dollars.`,
      `The first ${SESSIONS_NAMED} of them, longest idle first:`,
      ...sessions,
      `All of them: ${tailLog}`,
      `Dashboard: ${openDashboard}`,
    ].join('\n'),
  );
}
