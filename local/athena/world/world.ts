/** Worlds: how Athena may behave where its documentation leaves it open, one switch for each open question. */

/** How the service behaves. Which answers are true of the real one is not known; see `verify` for a live account. */
export interface World {
  /** `LastModifiedDateTime` when the state of a session changes: it moves, or stands at the start. */
  readonly lastModified: 'moves' | 'stands';
  /**
   * `IdleSinceDateTime` of an idle session of Apache Spark 3.5 or later. Sessions of PySpark engine 3 always
   * have it.
   */
  readonly idleSince: 'filled' | 'empty' | 'only-in-get-session';
  /** Instants in ListSessions. GetSession and GetSessionStatus always give milliseconds. */
  readonly listedInstants: 'milliseconds' | 'whole-seconds';
  /** What the operations on tags do with the ARN of a session: they read it, or answer this error. */
  readonly sessionTags: 'read' | 'InvalidRequestException' | 'ResourceNotFoundException';
  /** Tags of the workgroup where StartSession does not say whether it copies them. */
  readonly workgroupTags: 'copied' | 'not-copied';
  /** Idle timeout of a session that was started without one; `hidden`: GetSession does not show it. */
  readonly defaultIdleTimeout: '20-minutes-shown' | '20-minutes-hidden' | 'none';
  /**
   * What GetSession, GetSessionStatus and TerminateSession answer for a session that the service does not know,
   * or no longer knows (`AthenaRegion.forgetSession`): an error, or the state TERMINATED.
   */
  readonly unknownSession: 'ResourceNotFoundException' | 'InvalidRequestException' | 'TERMINATED';
  /** What ListSessions answers for a SQL workgroup. */
  readonly sqlListing: 'InvalidRequestException' | 'empty';
  /** Whether ListSessions without a filter lists DEGRADED sessions. */
  readonly unfilteredListing: 'without-degraded' | 'with-degraded';
  /** The state that TerminateSession returns for an active session. */
  readonly terminateAnswer: 'TERMINATING' | 'TERMINATED';
  /** Seconds that a session is TERMINATING before it is TERMINATED, 0 to 86,400. */
  readonly secondsToTerminated: number;
  /** Whether an IAM Deny by tag holds where only the session has the tag, or only where its workgroup has it. */
  readonly denyBySessionTag: 'holds' | 'workgroup-only';
  /**
   * What work over Spark Connect does to a session: it turns BUSY, it stays IDLE and `IdleSinceDateTime` moves,
   * or it stays IDLE and `IdleSinceDateTime` stands. The session's own idle timeout always starts anew.
   */
  readonly sparkConnectWork: 'busy' | 'idle-moving' | 'idle-standing';
}

/**
 * The answers to each switch, the default first: what AWS documents (`workgroupTags`, `defaultIdleTimeout`,
 * `unknownSession`, `unfilteredListing`), otherwise what makes the least trouble. Of `secondsToTerminated`,
 * which may be any number, it has a few to choose from.
 */
export const WORLD_ANSWERS = {
  lastModified: ['moves', 'stands'],
  idleSince: ['filled', 'empty', 'only-in-get-session'],
  listedInstants: ['milliseconds', 'whole-seconds'],
  sessionTags: ['read', 'InvalidRequestException', 'ResourceNotFoundException'],
  workgroupTags: ['copied', 'not-copied'],
  defaultIdleTimeout: ['20-minutes-shown', '20-minutes-hidden', 'none'],
  unknownSession: ['ResourceNotFoundException', 'InvalidRequestException', 'TERMINATED'],
  sqlListing: ['InvalidRequestException', 'empty'],
  unfilteredListing: ['without-degraded', 'with-degraded'],
  terminateAnswer: ['TERMINATING', 'TERMINATED'],
  secondsToTerminated: [10, 0, 600],
  denyBySessionTag: ['holds', 'workgroup-only'],
  sparkConnectWork: ['busy', 'idle-moving', 'idle-standing'],
} as const satisfies { readonly [Switch in keyof World]: readonly World[Switch][] };

/** The first answer to each switch. */
export const DEFAULT_WORLD: World = {
  lastModified: 'moves',
  idleSince: 'filled',
  listedInstants: 'milliseconds',
  sessionTags: 'read',
  workgroupTags: 'copied',
  defaultIdleTimeout: '20-minutes-shown',
  unknownSession: 'ResourceNotFoundException',
  sqlListing: 'InvalidRequestException',
  unfilteredListing: 'without-degraded',
  terminateAnswer: 'TERMINATING',
  secondsToTerminated: 10,
  denyBySessionTag: 'holds',
  sparkConnectWork: 'busy',
};

/** The text of the default world. */
export const DEFAULT_WORLD_TEXT = 'default';

/**
 * The switches that differ from the default, as `--world` takes them: `lastModified=stands,idleSince=empty`,
 * or `default` where none does.
 */
export function describeWorld(world: World): string {
  const answers = new Map(Object.entries(DEFAULT_WORLD));
  const different = Object.entries(world).filter(([name, answer]) => answers.get(name) !== answer);
  return different.map(([name, answer]) => `${name}=${answer}`).join(',') || DEFAULT_WORLD_TEXT;
}
