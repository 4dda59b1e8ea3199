/** What goes wrong where no whole answer arrives: of the connection, and of the time that a sweep has. */
import { ETL, EUROPE, type FailureMode, fault, ONE, ONE_SESSION } from './failure-mode.js';

export const CONNECTION: readonly FailureMode[] = [
  {
    id: 'connection-refused',
    what: "Nobody listens at a region's endpoint",
    scenario: { faults: [fault('connection refused', undefined, EUROPE)] },
    notListed: ['eu-west-1'],
    says: /ListWorkGroups: ECONNREFUSED/,
    note: 'Retried six times, then the region is given up.',
  },
  {
    id: 'one-region-down',
    what: 'One region of three drops every connection',
    scenario: { faults: [fault('dropped', undefined, EUROPE)] },
    notListed: ['eu-west-1'],
    says: /ListWorkGroups: ECONNRESET/,
    note: 'Regions are swept side by side, each with clients and pacing of its own.',
  },
  {
    id: 'every-region-down',
    what: 'No region can be reached',
    scenario: { faults: [fault('dropped')] },
    notListed: ['eu-west-1', 'us-east-1', 'ap-south-1'],
    says: /ListWorkGroups: ECONNRESET/,
    note: 'The only case in which the invocation fails, after its log lines and metrics are out.',
  },
  {
    id: 'reset-mid-body',
    what: 'The connection is reset in the middle of every answer about one session',
    scenario: { faults: [fault('cut off', undefined, ONE_SESSION)] },
    outcomes: { [ONE]: 'failed' },
    says: /ECONNRESET/,
    note: 'What cannot be looked at is not ended.',
  },
  {
    id: 'hang',
    what: 'Athena never answers GetSession for one session',
    scenario: { faults: [fault('hang', 'GetSession', ONE_SESSION)] },
    outcomes: { [ONE]: 'failed' },
    says: /GetSession: ETIMEDOUT/,
    note: 'Each attempt is given up after 5 seconds; the others do not wait for it.',
  },
  {
    id: 'never-a-whole-answer',
    what: 'Answers of a region trickle in and never end',
    scenario: { faults: [fault('never a whole answer', 'ListSessions', EUROPE)] },
    notListed: ['eu-west-1/etl', 'eu-west-1/adhoc'],
    says: /ListSessions: TimeoutError/,
    note: 'An attempt has 8 seconds, however it spends them.',
  },
  {
    id: 'malformed-json',
    what: 'Listings of one workgroup are not JSON',
    scenario: { faults: [fault('malformed JSON', 'ListSessions', ETL)] },
    notListed: ['eu-west-1/etl'],
    says: /ListSessions: SyntaxError/,
    note: 'Retried like a dropped connection.',
  },
];

export const OUT_OF_TIME: readonly FailureMode[] = [
  {
    id: 'out-of-time-finding-workgroups',
    what: 'Time is up while the workgroups of a region are listed',
    scenario: { remainingMs: 11_000, faults: [fault('hang', 'ListWorkGroups', EUROPE)] },
    notListed: ['eu-west-1'],
    says: /out of time/,
    note: 'Nothing new begins in the last 7 seconds, and the report is written in the last 1.5.',
  },
  {
    id: 'out-of-time-listing',
    what: 'Time is up while a workgroup is listed',
    scenario: { remainingMs: 11_000, faults: [fault('hang', 'ListSessions', ETL)] },
    notListed: ['eu-west-1/etl'],
    says: /out of time/,
    note: 'It had its turn and got no answer. A workgroup whose turn does not come waits for the next sweep instead, and no alarm comes.',
  },
  {
    id: 'out-of-time-reading-tags',
    what: 'Time is up while tags are read',
    scenario: { remainingMs: 11_000, faults: [fault('hang', 'ListTagsForResource', ONE_SESSION)] },
    outcomes: { [ONE]: 'deferred' },
    note: 'Left to the next sweep.',
  },
  {
    id: 'out-of-time-looking',
    what: 'Time is up during a last look',
    scenario: { remainingMs: 11_000, faults: [fault('hang', 'GetSession', ONE_SESSION)] },
    outcomes: { [ONE]: 'deferred' },
    note: 'Left to the next sweep.',
  },
  {
    id: 'out-of-time-ending',
    what: 'Time is up while the answer to TerminateSession is awaited',
    scenario: {
      remainingMs: 8_500,
      faults: [fault('never a whole answer', 'TerminateSession', EUROPE, { times: 1 })],
    },
    outcomes: { 'session-0-1-0': 'failed' },
    says: /the sweep ran out of time/,
    note: 'The answer is awaited until 1.5 seconds before the end. It was asked for, so it is not called deferred.',
  },
];
