/** The digest mail: which reports are mailed, and what the mail says. */
import { EventField, type EventPattern, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { type Counts, MAX_DIGEST_LINES } from '../../lambda/contract/report.js';

/** Lambda's name for what it puts on the bus when an invocation succeeded. */
const DETAIL_TYPE = 'Lambda Function Invocation Result - Success';

/** Reports of the function in which a count is not zero; docs/events.md has patterns for everything else. */
export function reportsWith(count: keyof Counts, functionArn: string): EventPattern {
  return {
    source: ['lambda'],
    detailType: [DETAIL_TYPE],
    detail: {
      // Lambda appends the version, ":$LATEST".
      requestContext: { functionArn: [{ prefix: `${functionArn}:` }] },
      responsePayload: { counts: { [count]: [{ numeric: ['>', 0] }] } },
    },
  };
}

/** A digest for a chat, as the function made it: EventBridge hands the JSON on as it is, and writes none. */
export const CHAT_MESSAGE = RuleTargetInput.fromEventPath('$.detail.responsePayload.chat');

/** Where a reader of a digest looks further. */
export interface DigestLinks {
  /** A command that shows the log. */
  readonly tailLog: string;
  /** The dashboard's address. */
  readonly openDashboard: string;
}

/**
 * A digest as text. EventBridge escapes nothing, and puts quotes around each line here; within quotes it takes strings
 * only. So the function makes the lines, and a line that is not there stays empty: that is why they come last.
 */
export function digest(deployment: string, { tailLog, openDashboard }: DigestLinks): RuleTargetInput {
  const lines = Array.from({ length: MAX_DIGEST_LINES }, (_, index) =>
    EventField.fromPath(`$.detail.responsePayload.digest[${index}]`),
  );
  return RuleTargetInput.fromMultilineText(
    [
      `Athena session reaper ${deployment}, account ${EventField.account}, ${EventField.region}.`,
      `Log: ${tailLog}`,
      `Dashboard: ${openDashboard}`,
      ...lines,
    ].join('\n'),
  );
}
