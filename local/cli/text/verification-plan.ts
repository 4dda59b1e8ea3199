/** What a verification is going to do and cost, and how to run work for it. */
import type { Cost, Extent } from '../../verification/cost.js';
import { idleTimeoutMinutes } from '../../verification/experiment/experiment.js';
import { WORK_MINUTES } from '../../verification/experiment/work-watch.js';
import { folded } from './folded.js';

export interface VerificationPlan extends Extent {
  readonly workGroup: string;
  readonly engine: string | undefined;
  readonly where: string;
  readonly cost: Cost;
  readonly withRates: boolean;
}

/** What will happen, and what it costs. */
export function planText(plan: VerificationPlan, columns: number): string {
  const { workGroup, engine = 'an engine without a name', where, cost, withWork } = plan;
  const paragraphs = [
    `Starts one session in ${workGroup} (${engine}) of ${where}, tagged as exempt, watches it for some minutes, ` +
      `and ends it. It has an idle timeout of ${idleTimeoutMinutes(withWork)} minutes, in case this program is killed.`,
    ...(withWork
      ? [`Waits up to ${WORK_MINUTES} minutes for you to run work in it over Spark Connect.`]
      : []),
    ...(plan.withDefaultTimeout ? [WITHOUT_TIMEOUT] : []),
    ...(plan.withRates
      ? [
          'Calls ListSessions up to 100 times without a pause: others in the account may be throttled meanwhile.',
        ]
      : []),
    'No other session, no workgroup and no tag of a workgroup is changed.',
    `Costs about $${cost.usual.toFixed(2)}, at most $${cost.most.toFixed(2)}.`,
  ];
  return paragraphs.map((paragraph) => folded(paragraph, columns, '')).join('\n');
}

const WITHOUT_TIMEOUT =
  'Starts a second one without an idle timeout, and watches it for up to 25 minutes before it ends it. Where this ' +
  'program is killed meanwhile, end that one yourself: its description begins with "athena-session-reaper verify".';

const GUIDE = 'https://docs.aws.amazon.com/athena/latest/ug/notebooks-spark-connect.html';

/** How to run work over Spark Connect in a session. */
export function workText(sessionId: string, region: string, columns: number): string {
  const what =
    'In another terminal, run two queries over Spark Connect in the session below, each of half a minute or more. ' +
    `Its status is read meanwhile, for up to ${WORK_MINUTES} minutes; once it was seen BUSY, it is ended.`;
  return [
    folded(what, columns, ''),
    '',
    `  aws athena get-session-endpoint --region ${region} --session-id ${sessionId}`,
    '',
    folded(
      `The address and the token that this prints are for SparkSession.builder.remote: ${GUIDE}`,
      columns,
      '',
    ),
  ].join('\n');
}
