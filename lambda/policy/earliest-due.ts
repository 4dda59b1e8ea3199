/**
 * The earliest moment at which a session can be due, or announced as due soon, by what one listing shows of its
 * workgroup. Until then another listing finds nothing of the kind. Pure: no clock, no network, no logging.
 */
import { MINUTE_MS } from '../contract/durations.js';
import { MATCH_KEYS, matchKeysOf } from '../contract/match-keys.js';
import type { ReaperSettings, Rule } from '../contract/settings.js';
import { matchesGlob } from './globs.js';
import { timeSince } from './instants.js';
import { limitsFor } from './limits.js';
import { clocksFor, type LimitClock, lastModifiedLimits, listsEveryState } from './limits-by-state.js';
import { matchedSession, matches } from './rules.js';
import { isSessionState, type Session } from './session.js';

/** Nothing is known, so that it can be at any moment. */
const AT_ANY_MOMENT = Number.NEGATIVE_INFINITY;
/** It can never be. */
const NEVER = Number.POSITIVE_INFINITY;

/** What a listing is judged by. */
export interface ListingContext {
  readonly settings: ReaperSettings;
  /** The "now" of the sweep's decisions. */
  readonly now: Date;
  /** Whether the region has shown that `LastModifiedDateTime` moves when the state of a session changes. */
  readonly lastModifiedMoves: boolean;
}

/**
 * For a session that the listing shows: the earliest over the limits of its state, and of every state that it can turn
 * to, less `warnMinutes`. Tags are left out, because they only make it later. A state that it turns to from now on and
 * that is counted from `IdleSinceDateTime` is in {@link earliestDueOfUnseen}.
 * @returns epoch milliseconds, or {@link AT_ANY_MOMENT} where an instant that it rests on cannot be used.
 */
export function earliestDueOf(session: Session, context: ListingContext): number {
  const { settings, now } = context;
  if (settings.trust.lastModified || !isSessionState(session.state)) return AT_ANY_MOMENT;
  const idleMinutes = shortestIdleMinutes(settings, (rule) => matchOf(session, rule, context));
  if (idleMinutes === undefined) return NEVER;
  const limits = { ...limitsFor(session, settings, now), idleMinutes };
  const clocks = clocksFor(session, session.state, limits);
  // A listing by state that shows an ended session contradicts itself.
  if (clocks === 'inactive') return AT_ANY_MOMENT;
  const own = clocks.map((clock) => passesAt(clock, session, now));
  const later = lastModifiedLimits(settings).map((limitMinutes) =>
    // Not known to move: it counts from where it stands, and is never before the start.
    passesAt({ since: session.lastModifiedAt ?? session.startedAt, limitMinutes }, session, now),
  );
  return Math.min(...own, ...later) - settings.warnMinutes * MINUTE_MS;
}

/**
 * For sessions of a workgroup that the listing does not show, because they start later or are in a state without a
 * limit: from when the listing began, less a minute by which clocks may differ.
 * @param begunAt epoch milliseconds, by the service's clock.
 * @returns epoch milliseconds, or {@link AT_ANY_MOMENT}.
 */
export function earliestDueOfUnseen(
  workGroup: string,
  begunAt: number,
  { settings, lastModifiedMoves }: ListingContext,
): number {
  if (settings.trust.lastModified) return AT_ANY_MOMENT;
  const idleMinutes = shortestIdleMinutes(settings, (rule) => matchIn(workGroup, rule));
  if (idleMinutes === undefined) return NEVER;
  // A session can come from a state that is not listed with a time that has stood since its start.
  const standing = lastModifiedLimits(settings).length > 0 && !listsEveryState(settings);
  if (standing && !lastModifiedMoves) return AT_ANY_MOMENT;
  const shortest = Math.min(idleMinutes, ...Object.values(settings.stuck));
  return begunAt + (shortest - settings.warnMinutes - 1) * MINUTE_MS;
}

/** Whether a rule decides on a session at every listing, at some, or at none. */
type Match = 'surely' | 'perhaps' | 'no';

/** The shortest idle limit that the rules, or the default, can give; undefined where they surely exempt. */
function shortestIdleMinutes(
  { rules, idleMinutes }: Pick<ReaperSettings, 'rules' | 'idleMinutes'>,
  match: (rule: Rule) => Match,
): number | undefined {
  const possible = rules.map((rule) => ({ rule, match: match(rule) })).filter(({ match }) => match !== 'no');
  const decided = possible.findIndex(({ match }) => match === 'surely');
  const candidates = decided < 0 ? possible : possible.slice(0, decided + 1);
  const ruled = candidates.flatMap(({ rule }) => ('idleMinutes' in rule ? [rule.idleMinutes] : []));
  const all = decided < 0 ? [...ruled, idleMinutes] : ruled;
  return all.length === 0 ? undefined : Math.min(...all);
}

/** What a listing shows of a session never changes, but the hours do. */
function matchOf(session: Session, rule: Rule, { settings, now }: ListingContext): Match {
  const { hours, ...always } = rule.match;
  if (matches({ ...rule, match: always }, matchedSession(session, settings), now) !== true) return 'no';
  return hours ? 'perhaps' : 'surely';
}

/** For a session of the workgroup of which nothing else is known. A rule for what no listing shows is passed over. */
function matchIn(workGroup: string, { match }: Rule): Match {
  const keys = matchKeysOf(match);
  const isPassedOver = keys.some((key) => MATCH_KEYS[key].listed === false);
  if (isPassedOver || !matchesGlob(match.workgroup ?? '*', workGroup)) return 'no';
  return keys.every((key) => key === 'workgroup') ? 'surely' : 'perhaps';
}

/** When a limit is passed. A session without an idle-since time has been idle for no longer than it has existed. */
function passesAt(
  { since, limitMinutes, clock }: Pick<LimitClock, 'since' | 'limitMinutes'> & Partial<LimitClock>,
  { startedAt }: Session,
  now: Date,
): number {
  const from = clock === 'idle-since' ? (since ?? startedAt) : since;
  const elapsed = timeSince(from, startedAt, now);
  if (typeof elapsed === 'string') return AT_ANY_MOMENT;
  // An instant in the next minute counts as now.
  return Math.min(elapsed.from.getTime(), now.getTime()) + limitMinutes * MINUTE_MS;
}
