/**
 * The open questions about Athena: whether the reaper relies on an answer, and what each answer means for the
 * settings.
 */
import type { World } from '../../athena/index.js';

export interface FactSpec<Answer> {
  readonly question: string;
  /** What a sweep rests on; undefined: it does right whatever the answer is. */
  readonly reliance: string | undefined;
  /** The answers under which the reaper does not do what its users rely on. */
  readonly refutedBy: readonly Answer[];
  readonly consequence: (answer: Answer) => string;
}

const TAGS_UNREADABLE =
  'An exempt tag of a session does not spare it: tag its workgroup or write a rule, or set tags.unreadable to ' +
  '"spare", which keeps every session whose tags cannot be read.';

type Catalogue = { readonly [Id in keyof World]: FactSpec<World[Id]> };

export const CATALOGUE: Catalogue = {
  lastModified: {
    question: 'Does LastModifiedDateTime move when the state changes?',
    reliance: undefined,
    refutedBy: [],
    consequence: byAnswer({
      moves: 'Nothing to do. trust.lastModified may be set where IdleSinceDateTime is missing.',
      stands:
        'Leave trust.lastModified off: a session that was used until now would look idle since its start.',
    }),
  },
  idleSince: {
    question: 'Is IdleSinceDateTime filled for an idle Spark 3.5 session?',
    reliance: 'Idle sessions end by it alone.',
    refutedBy: ['empty'],
    consequence: byAnswer({
      filled: 'Your Athena fills IdleSinceDateTime: nothing to do.',
      'only-in-get-session': 'Nothing to do: a sweep asks GetSession where a listing has none.',
      empty:
        'Idle sessions are kept, and counted as unknown. trust.lastModified would end them by LastModifiedDateTime: ' +
        'set it only where that was seen to move.',
    }),
  },
  listedInstants: {
    question: 'Has ListSessions the very instants of GetSession?',
    reliance: undefined,
    refutedBy: [],
    consequence: () => 'Nothing to do: the last look alone decides.',
  },
  sessionTags: {
    question: 'Can the tags of a session be read?',
    reliance: 'Tags of a session spare it.',
    refutedBy: ['InvalidRequestException', 'ResourceNotFoundException'],
    consequence: byAnswer({
      read: 'Nothing to do: exempt tags of sessions hold.',
      InvalidRequestException: TAGS_UNREADABLE,
      ResourceNotFoundException: TAGS_UNREADABLE,
    }),
  },
  workgroupTags: {
    question: "Are a workgroup's tags copied to a session at its start?",
    reliance: undefined,
    refutedBy: [],
    consequence: byAnswer({
      copied:
        'Nothing to do. Mind that a session keeps its copy of an exemption after the workgroup has lost the tag.',
      'not-copied': 'Nothing to do: the tags of the workgroup are read in any case.',
    }),
  },
  defaultIdleTimeout: {
    question: 'What is the idle timeout of a session that was started without one?',
    reliance: undefined,
    refutedBy: [],
    consequence: byAnswer({
      '20-minutes-shown': 'An idleMinutes of 20 or more leaves nothing to end of such sessions.',
      '20-minutes-hidden': 'An idleMinutes of 20 or more leaves nothing to end of such sessions.',
      none: 'Such sessions live until somebody ends them: the reaper does.',
    }),
  },
  unknownSession: {
    question: 'What does GetSession say of a session that it does not know?',
    reliance: undefined,
    refutedBy: [],
    consequence: () => 'Nothing to do: each of the three answers counts as already ended.',
  },
  sqlListing: {
    question: 'What does ListSessions say of a SQL workgroup?',
    reliance: undefined,
    refutedBy: [],
    consequence: () => 'Nothing to do: a sweep passes over the workgroups whose engine is known to be SQL.',
  },
  unfilteredListing: {
    question: 'Does ListSessions without a filter have DEGRADED sessions?',
    reliance: undefined,
    refutedBy: [],
    consequence: () => 'Nothing to do: a sweep asks for each state by its name.',
  },
  terminateAnswer: {
    question: 'What does TerminateSession answer?',
    reliance: 'Either answer counts as terminated.',
    refutedBy: [],
    consequence: () => 'Nothing to do.',
  },
  secondsToTerminated: {
    question: 'How many seconds is it from TerminateSession to TERMINATED?',
    reliance: undefined,
    refutedBy: [],
    consequence: (seconds) =>
      seconds <= 60
        ? 'Nothing to do.'
        : `The DPUs of a session are free up to ${Math.ceil(seconds / 60)} min after it was ended.`,
  },
  denyBySessionTag: {
    question: 'Does a Deny by the tag of a session hold?',
    reliance: undefined,
    refutedBy: [],
    consequence: byAnswer({
      holds: "Nothing to do: the role's Deny is a second barrier for exempt sessions.",
      'workgroup-only': 'Exempt tags of sessions hold because the code reads them, not because of the role.',
    }),
  },
  sparkConnectWork: {
    question: 'Does work over Spark Connect turn the session BUSY?',
    reliance: 'A session in use is BUSY, or its IdleSinceDateTime moves.',
    refutedBy: ['idle-standing'],
    consequence: byAnswer({
      busy: 'Nothing to do.',
      'idle-moving': 'Nothing to do: idle time counts from the last work.',
      'idle-standing': 'Exempt the workgroups of Spark Connect clients: sessions in use look idle.',
    }),
  },
};

function byAnswer<Answer extends string>(
  texts: Readonly<Record<Answer, string>>,
): (answer: Answer) => string {
  return (answer) => texts[answer];
}
