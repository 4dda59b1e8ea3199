/** A verification in words: what it is going to do, and what it found. */

import type { Cost } from '../../verification/cost.js';
import { IDLE_TIMEOUT_MINUTES } from '../../verification/experiment/experiment.js';
import type { OwnSession } from '../../verification/experiment/own-sessions.js';
import type { Fact, Verdict } from '../../verification/facts/facts.js';
import type { Colours } from '../terminal/terminal.js';
import { folded } from './folded.js';

export interface VerificationPlan {
  readonly workGroup: string;
  readonly engine: string | undefined;
  readonly where: string;
  readonly cost: Cost;
  readonly withDefaultTimeout: boolean;
  readonly withRates: boolean;
}

/** What will happen, and what it costs. */
export function planText(plan: VerificationPlan, columns: number): string {
  const { workGroup, engine = 'an engine without a name', where, cost } = plan;
  const paragraphs = [
    `Starts one session in ${workGroup} (${engine}) of ${where}, tagged as exempt, watches it for some minutes, ` +
      `and ends it. It has an idle timeout of ${IDLE_TIMEOUT_MINUTES} minutes, in case this program is killed.`,
    ...(plan.withDefaultTimeout
      ? [
          'Starts a second one without an idle timeout, and watches it for up to 25 minutes before it ends it.',
        ]
      : []),
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

const VERDICT_COLUMNS = 11;

/** A block for each fact: verdict, question and answer, then what it rests on and what follows. */
export function factsText(facts: readonly Fact[], columns: number, colours: Colours): string {
  const paint = {
    confirmed: colours.green,
    refuted: colours.red,
    seen: String,
    open: colours.yellow,
  } as const satisfies Record<Verdict, (text: string) => string>;
  const indent = ' '.repeat(VERDICT_COLUMNS);
  return facts
    .map(({ verdict, id, answer, question, seen, reliance, consequence }) => {
      const head = `${paint[verdict](verdict.padEnd(VERDICT_COLUMNS))}${id}${answer === undefined ? '' : `: ${answer}`}`;
      const details = [
        `${question} ${verdict === 'open' ? 'Open' : 'Seen'}: ${seen}`,
        ...(reliance === undefined ? [] : [`Relied on: ${reliance}`]),
        ...(consequence === undefined ? [] : [consequence]),
      ];
      return [head, ...details.map((line) => folded(line, columns, indent))].join('\n');
    })
    .join('\n');
}

/** What became of the sessions that were started. */
export function ownSessionsText(sessions: readonly OwnSession[], columns: number): string {
  if (sessions.length === 0) return 'No session was started.';
  return sessions.map((session) => folded(ownSessionText(session), columns, '')).join('\n');
}

function ownSessionText({ sessionId, description, ended, why, idleTimeoutMinutes }: OwnSession): string {
  const which = sessionId ?? `with the description "${description}"`;
  if (ended) return `Session ${which} was ended.`;
  const itself =
    idleTimeoutMinutes === undefined
      ? 'It has no idle timeout of its own: end it yourself.'
      : `It ends by itself after ${idleTimeoutMinutes} idle minutes.`;
  return `Session ${which} could not be ended: ${why ?? 'no time was left'}. ${itself}`;
}
