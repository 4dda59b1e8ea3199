/** A digest as a message in a chat. */
import type { ChatMessage } from '../contract/chat-message.js';
import { plainText, shortened } from '../contract/plain-text.js';
import { type DigestContext, whatElse } from './digest.js';
import { exemptionCommand } from './exemption-command.js';
import { byOwner, factsOf, ownerLine } from './named-sessions.js';
import { type Undigested, whatHappened } from './what-happened.js';

/** A chat is read in passing: fewer lines than in a mail, and the commands of the first sessions alone. */
const MAX_LINES = 12;
const MAX_COMMANDS = 3;
const MAX_KEYWORDS = 5;
const MAX_KEYWORD_LENGTH = 60;

/** What a pattern or a custom action of a chat can match. */
const EVENT_TYPE = 'AthenaSessionReaperDigest';

export function chatMessageOf(report: Undigested, context: DigestContext): ChatMessage {
  const title = titleOf(report, context.exemptions?.accountId);
  const named = byOwner(context.sessions, MAX_LINES);
  const now = new Date(report.startedAt);
  const lines = [
    ...whatHappened(report),
    ...named.flatMap((owned) => [
      ownerLine(owned),
      ...owned.sessions.map((record) => `• ${factsOf(record)}`),
    ]),
    ...whatElse(named, context),
  ];
  const shown = named.flatMap(({ sessions }) => sessions);
  const commands = shown.flatMap((record) => {
    const command = context.exemptions && exemptionCommand(record, context.exemptions, now);
    return command === undefined ? [] : [`To spare ${record.sessionId}: \`${command}\``];
  });
  const keywords = new Set(
    shown.flatMap(({ owner, workGroup }) => (owner ? [owner, workGroup] : [workGroup])),
  );
  return {
    version: '1.0',
    source: 'custom',
    content: {
      textType: 'client-markdown',
      title,
      description: lines.map(withoutMarkup).join('\n'),
      nextSteps: commands.slice(0, MAX_COMMANDS),
      keywords: [...keywords]
        .slice(0, MAX_KEYWORDS)
        .map((word) => shortened(withoutMarkup(word), MAX_KEYWORD_LENGTH)),
    },
    metadata: { summary: title, eventType: EVENT_TYPE },
  };
}

function titleOf({ mode, counts }: Undigested, account: string | undefined): string {
  const figures = [
    mode === 'report' ? `${counts.wouldTerminate} would be ended` : `${counts.terminated} ended`,
    ...(counts.failed > 0 ? [`${counts.failed} failed`] : []),
    ...(counts.warned > 0 ? [`${counts.warned} due soon`] : []),
  ];
  return `Athena sessions${account === undefined ? '' : ` of ${account}`}: ${figures.join(', ')}`;
}

/**
 * What stands between these characters is a link, a mention, code or emphasis to one chat or another, and a tag that
 * names an owner can hold any of them.
 */
const MARKUP = /[<>[\]`*~|\\]/g;
/** Before a word it mentions somebody; in an e-mail address it does not. */
const MENTION = /(^|[^\w.+-])@/g;

function withoutMarkup(text: string): string {
  return plainText(text).replaceAll(MARKUP, ' ').replaceAll('&', 'and').replaceAll(MENTION, '$1(at) ');
}
