/** What a report says to people: a digest, and a message in a chat where one is asked for. */
import type { SessionRecord, SweepReport } from '../contract/report.js';
import type { ReaperSettings } from '../contract/settings.js';
import { chatMessageOf } from './chat-message.js';
import { digestOf } from './digest.js';
import type { Exemptions } from './exemption-command.js';
import type { Undigested } from './what-happened.js';

export interface TextOptions {
  /** Missing where no tag spares a session, or where the account is not known. */
  readonly exemptions?: Exemptions;
  /** Where owners of sessions read on. */
  readonly guide: string;
  readonly chat: boolean;
}

/** The page for owners, as the package and its repository have it. */
const GUIDE = 'docs/for-session-owners.md';

/** @param account that was swept; missing where it is not known, or where there are many. */
export function textOptions(
  { tags, notify }: Pick<ReaperSettings, 'tags' | 'notify'>,
  account?: Omit<Exemptions, 'tagPrefix'>,
): TextOptions {
  return {
    ...(account && tags.enabled && { exemptions: { ...account, tagPrefix: tags.prefix } }),
    guide: notify.guideUrl ?? GUIDE,
    chat: notify.chat,
  };
}

/** @param named the sessions to name, the most important first. */
export function textsOf(
  report: Undigested,
  named: readonly SessionRecord[],
  options: TextOptions,
): Pick<SweepReport, 'digest' | 'chat'> {
  const { news, wouldTerminate } = report.counts;
  const context = { ...options, sessions: named, toName: news + wouldTerminate };
  return {
    digest: digestOf(report, context),
    ...(options.chat && { chat: chatMessageOf(report, context) }),
  };
}
