/** Which instants of a session time can be counted from. Athena promises none, and one that cannot be true ends nothing. */
import { MINUTE_MS } from '../contract/durations.js';
import type { ReasonKind } from '../contract/reasons.js';

/** Athena has had sessions since November 2022, when Apache Spark was announced. */
const SERVICE_BEGAN = Date.UTC(2022, 10, 1);
/** The clocks of those who write the instants, and of those who read them, differ by no more. */
const TOLERANCE_MS = 60_000;

/** Why no time can be counted from an instant. */
export type UnusableKind = Extract<ReasonKind, `timestamp-${string}`>;

/** Time counted from an instant. */
export interface Elapsed {
  readonly from: Date;
  /** From `from` to now, at least 0. */
  readonly minutes: number;
}

/**
 * Counts time from an instant of a session.
 * A session was not in any state before it started. An instant up to a minute before its start therefore counts as
 * the start, and one up to a minute in the future counts as now, because clocks differ. Anything beyond cannot be
 * true; a start that cannot be true makes every other instant of its session doubtful.
 */
export function timeSince(
  since: Date | undefined,
  startedAt: Date | undefined,
  now: Date,
): Elapsed | UnusableKind {
  if (!since) return 'timestamp-missing';
  const impossible = (startedAt && impossibleKind(startedAt, now)) ?? impossibleKind(since, now);
  if (impossible) return impossible;
  if (startedAt && since.getTime() < startedAt.getTime() - TOLERANCE_MS) return 'timestamp-before-start';
  const from = startedAt && startedAt > since ? startedAt : since;
  return { from, minutes: Math.max(0, (now.getTime() - from.getTime()) / MINUTE_MS) };
}

function impossibleKind(instant: Date, now: Date): UnusableKind | undefined {
  const time = instant.getTime();
  // Zero and below is what an empty timestamp turns into on its way.
  if (!(time > 0)) return 'timestamp-malformed';
  if (time < SERVICE_BEGAN) return 'timestamp-before-service';
  return time > now.getTime() + TOLERANCE_MS ? 'timestamp-in-future' : undefined;
}

/**
 * Whether a session shows that `LastModifiedDateTime` does not move when a session becomes idle: it would not lie
 * before `IdleSinceDateTime` otherwise.
 */
export function contradictsLastModified({
  idleSince,
  lastModifiedAt,
}: {
  readonly idleSince?: Date | undefined;
  readonly lastModifiedAt?: Date | undefined;
}): boolean {
  if (!idleSince || !lastModifiedAt) return false;
  return lastModifiedAt.getTime() < idleSince.getTime() - TOLERANCE_MS;
}

/** Whether a session shows the opposite: it became idle some time after its start, and was modified since. */
export function showsLastModifiedMoving(session: {
  readonly startedAt?: Date | undefined;
  readonly idleSince?: Date | undefined;
  readonly lastModifiedAt?: Date | undefined;
}): boolean {
  const { startedAt, idleSince, lastModifiedAt } = session;
  if (!startedAt || !idleSince || !lastModifiedAt) return false;
  const isLater = lastModifiedAt.getTime() > startedAt.getTime() + TOLERANCE_MS;
  return isLater && !contradictsLastModified(session);
}
