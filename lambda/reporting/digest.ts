/**
 * A report in lines for people: what happened in a sentence or two, then the sessions by owner, each with the command
 * that spares it. EventBridge puts the lines into a mail by a template, in which it escapes nothing: no line has a
 * quote, a backslash or a control character.
 */
import { plainText, shortened } from '../contract/plain-text.js';
import { MAX_DIGEST_LINE_LENGTH, MAX_DIGEST_LINES, type SessionRecord } from '../contract/report.js';
import { counted } from './counted.js';
import { type Exemptions, exemptionCommand } from './exemption-command.js';
import { byOwner, countOf, factsOf, type OwnedSessions, ownerLine, SPARED_BY } from './named-sessions.js';
import { type Undigested, whatHappened } from './what-happened.js';

/** What a digest says beside the report. */
export interface DigestContext {
  /** The sessions that are to be named, the most important first. */
  readonly sessions: readonly SessionRecord[];
  /** How many there are of them in all: not each has to be in the list. */
  readonly toName: number;
  /** Missing where no tag spares a session, or where the account is not known. */
  readonly exemptions?: Exemptions | undefined;
  /** Where owners of sessions read on. */
  readonly guide: string;
}

export function digestOf(report: Undigested, context: DigestContext): readonly string[] {
  const sentences = whatHappened(report);
  const named = byOwner(context.sessions, MAX_DIGEST_LINES - sentences.length - 2);
  const now = new Date(report.startedAt);
  const sessions = named.flatMap((owned) => [
    ownerLine(owned),
    ...owned.sessions.map((record) => ofSession(record, context.exemptions, now)),
  ]);
  return [...sentences, ...sessions, ...whatElse(named, context)].map(safe);
}

/** How many sessions are not named, and where their owners read on; nothing where none is named. */
export function whatElse(
  named: readonly OwnedSessions[],
  { toName, guide }: Pick<DigestContext, 'toName' | 'guide'>,
): readonly string[] {
  if (named.length === 0) return [];
  const more = toName - countOf(named);
  return [
    ...(more > 0 ? [`${counted(more, 'more session is', 'more sessions are')} in the log.`] : []),
    `For owners, what remains of a session and how to keep one: ${guide}`,
  ];
}

function ofSession(record: SessionRecord, exemptions: Exemptions | undefined, now: Date): string {
  const facts = `${factsOf(record)}.`;
  const sparedBy = SPARED_BY[record.outcome];
  const command = exemptions && exemptionCommand(record, exemptions, now);
  return sparedBy === undefined || command === undefined ? facts : `${facts} ${sparedBy}: ${command}`;
}

function safe(line: string): string {
  return shortened(plainText(line).replaceAll('"', "'").replaceAll('\\', '/'), MAX_DIGEST_LINE_LENGTH);
}
