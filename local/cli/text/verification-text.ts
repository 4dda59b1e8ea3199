/** What a verification found, in words. */
import type { OwnSession } from '../../verification/experiment/own-sessions.js';
import type { Fact, FactVerdict } from '../../verification/facts/facts.js';
import type { Colours } from '../terminal/terminal.js';
import { folded } from './folded.js';

const VERDICT_COLUMNS = 11;

/**
 * One line for each fact: verdict and answer, question and what was seen, what it rests on, and what follows. Where
 * that is too long for a terminal, a block of lines.
 * @param columns infinite where a fact is a line, however long.
 */
export function factsText(facts: readonly Fact[], columns: number, colours: Colours): string {
  const paint = {
    confirmed: colours.green,
    refuted: colours.red,
    seen: String,
    open: colours.yellow,
  } as const satisfies Record<FactVerdict, (text: string) => string>;
  return facts
    .map((fact) => {
      const details = detailsOf(fact);
      const line = `${[headOf(fact), ...details].map(withoutStop).join('. ')}.`;
      const lines =
        VERDICT_COLUMNS + line.length <= columns
          ? [line]
          : [headOf(fact), ...details.map((detail) => folded(detail, columns, ' '.repeat(VERDICT_COLUMNS)))];
      return `${paint[fact.verdict](fact.verdict.padEnd(VERDICT_COLUMNS))}${lines.join('\n')}`;
    })
    .join('\n');
}

function headOf({ id, answer }: Fact): string {
  return answer === undefined ? id : `${id}: ${answer}`;
}

function detailsOf({ verdict, question, seen, reliance, consequence }: Fact): readonly string[] {
  return [
    `${question} ${verdict === 'open' ? 'Open' : 'Seen'}: ${seen}`,
    reliance === undefined ? 'Not relied on.' : `Relied on: ${reliance}`,
    ...(consequence === undefined ? [] : [consequence]),
  ];
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
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
