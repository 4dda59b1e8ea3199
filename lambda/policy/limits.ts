/** The limits that hold for one session: what the rules give it, and what tags add. */
import { DAY_MS } from '../contract/durations.js';
import type { ReaperSettings, StuckLimits } from '../contract/settings.js';
import { timeSince } from './instants.js';
import { type Found, ruledBy } from './rules.js';
import type { Session } from './session.js';
import { NO_SPARING, type Sparing } from './tags.js';

export interface Limits {
  /** Where the idle limit or the exemption comes from: `default`, `rules[0]`, or the tag that spares. */
  readonly rule: string;
  /** What exempts the session from every limit, where something does. */
  readonly exempt?: 'rule' | 'tag';
  readonly idleMinutes: number;
  readonly stuck: StuckLimits;
  readonly warnMinutes: number;
  readonly sweepIntervalMinutes: number;
  /** Whether `LastModifiedDateTime` may stand in for a missing `IdleSinceDateTime`. */
  readonly trustsLastModified: boolean;
}

/** What a last look has found out: see {@link ruledBy} for the rules, and `tags.ts` for what tags spare. */
export interface Look extends Found {
  readonly sparing: Sparing;
}

/**
 * The limits for a session: what the rules give it, then what tags add.
 * What a look adds can only spare: it exempts, or gives a longer idle limit, never a shorter one.
 * @param look missing where there is no more than a listing.
 */
export function limitsFor(session: Session, settings: ReaperSettings, now: Date, look?: Look): Limits {
  const shared = {
    stuck: settings.stuck,
    warnMinutes: settings.warnMinutes,
    sweepIntervalMinutes: settings.sweepIntervalMinutes,
    trustsLastModified: settings.trust.lastModified,
  };
  const { rule, exempt, idleMinutes } = ruledBy(session, settings, now, look);
  const { sparing = NO_SPARING } = look ?? {};
  if (exempt) return { ...shared, rule, exempt: 'rule', idleMinutes };
  const end = exemptionsEnd(session, settings, now);
  if (sparing.exempt && (end === undefined || end > now)) {
    return { ...shared, rule: sparing.exempt.by, exempt: 'tag', idleMinutes };
  }
  if (sparing.idle && sparing.idle.minutes > idleMinutes) {
    return { ...shared, rule: sparing.idle.by, idleMinutes: sparing.idle.minutes };
  }
  return { ...shared, rule, idleMinutes };
}

/** When tags cease to exempt a session; undefined where they do not, or nobody can say when it started. */
export function exemptionsEnd(
  { startedAt }: Session,
  { tags: { maxExemptDays } }: Pick<ReaperSettings, 'tags'>,
  now: Date,
): Date | undefined {
  const age = timeSince(startedAt, startedAt, now);
  if (maxExemptDays === undefined || typeof age === 'string') return undefined;
  return new Date(age.from.getTime() + maxExemptDays * DAY_MS);
}
