/** What goes wrong where Athena answers: it throttles, fails, or says what nobody knows. */
import { ETL, EUROPE, type FailureMode, fault, ONE, ONE_SESSION } from './failure-mode.js';

export const THROTTLING: readonly FailureMode[] = [
  {
    id: 'throttled-for-a-while',
    what: 'Athena answers "rate exceeded" for a while',
    scenario: { faults: [fault('throttled', undefined, {}, { times: 9 })] },
    note: 'Each operation finds its rate and keeps to it; the sweep takes longer and misses nothing.',
  },
  {
    id: 'listings-throttled-for-ever',
    what: 'Athena answers "rate exceeded" to every ListSessions of a region',
    scenario: { faults: [fault('throttled', 'ListSessions', EUROPE)] },
    notListed: ['eu-west-1/etl', 'eu-west-1/adhoc'],
    says: /ListSessions: ThrottlingException/,
    note: 'It asks ever more rarely, and gives a workgroup up after six attempts.',
  },
  {
    id: 'terminations-throttled-for-ever',
    what: 'Athena answers "rate exceeded" to every TerminateSession of a region',
    scenario: { faults: [fault('too many requests', 'TerminateSession', EUROPE)] },
    outcomes: { [ONE]: 'failed', 'session-0-0-1': 'failed', 'session-0-1-0': 'failed' },
    says: /TerminateSession: TooManyRequestsException/,
    note: 'Every retry looks at the session anew, and the permit is taken before the look.',
  },
];

export const SERVICE: readonly FailureMode[] = [
  {
    id: '500-once',
    what: 'Each operation answers a 500 once',
    scenario: {
      faults: (
        ['ListWorkGroups', 'ListSessions', 'ListTagsForResource', 'GetSession', 'TerminateSession'] as const
      ).map((operation) => fault('500', operation, {}, { times: 1 })),
    },
    note: 'Retried. A TerminateSession is retried only after a new last look.',
  },
  {
    id: '500-always',
    what: 'Athena answers a 500 to every TerminateSession of one session',
    scenario: { faults: [fault('500', 'TerminateSession', ONE_SESSION)] },
    outcomes: { [ONE]: 'failed' },
    says: /TerminateSession: InternalServerException/,
    note: 'It may have been ended all the same, so it counts against the cap; the next sweep sees.',
  },
  {
    id: '500-though-done',
    what: 'Athena ends the session and answers a 500',
    scenario: { faults: [fault('500 though done', 'TerminateSession', ONE_SESSION, { times: 1 })] },
    outcomes: { [ONE]: 'already-inactive' },
    note: 'The look before the retry finds it TERMINATING. It counts against the cap.',
  },
  {
    id: 'unknown-error',
    what: 'An error of a type that nobody knows',
    scenario: { faults: [fault('unknown error', 'TerminateSession', ONE_SESSION)] },
    outcomes: { [ONE]: 'failed' },
    says: /TerminateSession: SomethingNewException/,
    note: 'Not retried: nothing says that it would help.',
  },
  {
    id: 'unknown-state-listed',
    what: 'A listing shows a state that nobody knows',
    scenario: { faults: [fault('unknown state', 'ListSessions', ETL)] },
    unknown: [ONE, 'session-0-0-1'],
    note: 'Kept and counted as unknown.',
  },
  {
    id: 'unknown-state-returned',
    what: 'TerminateSession returns a state that nobody knows, or none',
    scenario: { faults: [fault('unknown state', 'TerminateSession', ONE_SESSION)] },
    outcomes: { [ONE]: 'accepted' },
    note: 'The next sweep sees whether it went; the count of returned states has it by its name.',
  },
  {
    id: 'timestamps-missing',
    what: 'A listing shows sessions without any timestamp',
    scenario: { faults: [fault('timestamps missing', 'ListSessions', ETL)] },
    note: 'GetSession is asked for them.',
  },
  {
    id: 'timestamps-missing-everywhere',
    what: 'Neither the listing nor GetSession shows any timestamp of a session',
    scenario: {
      faults: [fault('timestamps missing', 'ListSessions', ETL), fault('timestamps missing', 'GetSession')],
    },
    unknown: [ONE, 'session-0-0-1'],
    outcomes: { 'session-0-1-0': 'spared', 'session-1-0-0': 'spared', 'session-2-0-0': 'spared' },
    note: 'Kept and counted as unknown; spared where the listing had shown it due.',
  },
  {
    id: 'timestamps-garbled',
    what: 'A listing has a timestamp that is none',
    scenario: { faults: [fault('timestamps garbled', 'ListSessions', ETL)] },
    notListed: ['eu-west-1/etl'],
    says: /ListSessions: TypeError/,
    note: 'The SDK refuses the whole page, so nothing in that workgroup is ended.',
  },
];
