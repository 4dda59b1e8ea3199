/** All that an experiment saw. The findings rest on this and on nothing else. */
import type { Tags } from '../../../lambda/policy/session.js';
import type { Observed } from './observed.js';
import type { Termination } from './own-sessions.js';
import type { Sample } from './sample.js';

export interface Observations {
  /** The effective engine of the workgroup. */
  readonly engine: string | undefined;
  /** The tags that the session was started with. */
  readonly ownTagKeys: readonly string[];
  readonly workgroupTags: Observed<Tags>;
  readonly started: Observed<string>;
  /** Every status of the session that was read while it was active, in order. */
  readonly samples: readonly Sample[];
  /** The idle session, read in each way that there is. */
  readonly idle: Observed<readonly IdleReading[]>;
  readonly sessionTags: Observed<Tags>;
  readonly calculation: Observed<null>;
  readonly work: Observed<WorkWatch>;
  readonly ending: Observed<Termination>;
  /** From TerminateSession until TERMINATED was first seen. */
  readonly terminated: Observed<MeasuredWait>;
  /** The state that the second TerminateSession answered. */
  readonly endedAgain: Observed<string | undefined>;
  /** The state that GetSession gives a session after its end. */
  readonly afterEnd: Observed<string | undefined>;
  /** The state that GetSession gives an id that was made up. */
  readonly madeUp: Observed<string | undefined>;
  readonly longEnded: Observed<LongEnded>;
  /** How many sessions ListSessions listed for a SQL workgroup. */
  readonly sqlListing: Observed<number>;
  readonly degraded: Observed<DegradedListing>;
  readonly withoutTimeout: Observed<TimeoutWatch>;
  /** By how many milliseconds Athena's clock is ahead of this machine's; a range. */
  readonly clockOffset: Observed<{ readonly least: number; readonly most: number }>;
  readonly rate: Observed<RateProbe>;
}

/** An idle session: GetSession before and after a listing that was filtered by IDLE, and one that was not. */
export interface IdleReading {
  readonly before: Sample;
  readonly status: Sample;
  /** Missing where the listing did not have it. */
  readonly filtered: Sample | undefined;
  readonly unfiltered: Sample | undefined;
  readonly after: Sample;
}

/** The session while a person ran work in it over Spark Connect. */
export interface WorkWatch {
  /** From before the work on, in order. */
  readonly samples: readonly Sample[];
  /** The person said so, or the session was BUSY. */
  readonly hasRun: boolean;
}

/** TERMINATED was first seen `seconds` after TerminateSession was asked, and not yet at `notYet` seconds. */
export interface MeasuredWait {
  readonly seconds: number;
  readonly notYet: number;
}

/** What GetSession says of somebody's session that ended at least a day ago. */
export interface LongEnded {
  readonly days: number;
  readonly state: string | undefined;
}

/** Sessions that were DEGRADED before and after an unfiltered listing, and how many of them it had. */
export interface DegradedListing {
  readonly degraded: number;
  readonly listed: number;
}

/** A session that was started without an idle timeout. */
export interface TimeoutWatch {
  /** As GetSession shows it. */
  readonly shownMinutes: number | undefined;
  /** Minutes of idle time after which it ended by itself; undefined: not within `watchedMinutes`. */
  readonly endedAfterMinutes: number | undefined;
  readonly watchedMinutes: number;
}

export interface RateProbe {
  readonly calls: number;
  readonly seconds: number;
  readonly throttled: boolean;
}
