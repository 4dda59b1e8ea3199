/** What goes wrong where a call is refused: the role may not make it, or what it asks for has gone meanwhile. */
import { ETL, EUROPE, type FailureMode, fault, ONE, ONE_SESSION } from './failure-mode.js';

export const PERMISSIONS: readonly FailureMode[] = [
  {
    id: 'terminate-denied',
    what: 'The role may not call TerminateSession',
    scenario: { faults: [fault('access denied', 'TerminateSession', EUROPE)] },
    outcomes: { [ONE]: 'failed', 'session-0-0-1': 'failed', 'session-0-1-0': 'failed' },
    says: /TerminateSession: AccessDeniedException/,
    note: 'Not retried. Sessions that were refused do not count against the cap.',
  },
  {
    id: 'tags-denied',
    what: 'The role may not read tags',
    scenario: { faults: [fault('access denied', 'ListTagsForResource', EUROPE)] },
    outcomes: { [ONE]: 'failed', 'session-0-0-1': 'failed', 'session-0-1-0': 'failed' },
    says: /ListTagsForResource: AccessDeniedException/,
    note: 'A session whose tags cannot be read might be exempt, so it is not ended.',
  },
  {
    id: 'workgroup-denied',
    what: 'The role may not do anything in one workgroup',
    scenario: { faults: [fault('access denied', undefined, ETL)] },
    notListed: ['eu-west-1/etl'],
    says: /ListSessions: AccessDeniedException/,
    note: 'Exclude the workgroup, or let the role list it.',
  },
  {
    id: 'credentials-expire',
    what: 'The credentials expire when the listings are done',
    scenario: {
      faults: [fault('credentials expired', 'GetSession')],
    },
    outcomes: {
      ...{ [ONE]: 'failed', 'session-0-0-1': 'failed', 'session-0-1-0': 'failed' },
      ...{ 'session-1-0-0': 'failed', 'session-2-0-0': 'failed' },
    },
    says: /GetSession: ExpiredTokenException/,
    note: 'What was listed is reported; the next invocation has new credentials.',
  },
];

export const CHANGES: readonly FailureMode[] = [
  {
    id: 'workgroup-deleted-before-its-listing',
    what: 'A workgroup is deleted before it is listed',
    scenario: { faults: [fault('invalid request', 'ListSessions', ETL)] },
    notListed: ['eu-west-1/etl'],
    says: /ListSessions: InvalidRequestException/,
    note: 'The next sweep does not find it any more.',
  },
  {
    id: 'workgroup-deleted-mid-listing',
    what: 'A workgroup is deleted while it is listed',
    scenario: { faults: [fault('invalid request', 'ListSessions', ETL, { after: 1 })] },
    outcomes: { 'session-0-0-1': 'deferred' },
    notListed: ['eu-west-1/etl'],
    says: /ListSessions: InvalidRequestException/,
    note: 'What its first page showed due is left to the next sweep, which does not find it any more.',
  },
  {
    id: 'page-token-expired',
    what: 'A page token is refused',
    scenario: { faults: [fault('page token expired', 'ListSessions', ETL)] },
    outcomes: { 'session-0-0-1': 'deferred' },
    notListed: ['eu-west-1/etl'],
    says: /ListSessions: InvalidRequestException/,
    note: 'Nothing is ended in a workgroup that was not listed to its last page.',
  },
  {
    id: 'page-token-repeated',
    what: 'A page token comes back again and again',
    scenario: { faults: [fault('page token repeated', 'ListSessions', ETL)] },
    outcomes: { 'session-0-0-1': 'deferred' },
    notListed: ['eu-west-1/etl'],
    says: /ListSessions: RepeatedPageToken/,
    note: 'The listing ends with an error instead of never.',
  },
  {
    id: 'session-vanishes-before-the-look',
    what: 'A session vanishes before its last look',
    scenario: { faults: [fault('not found', 'GetSession', ONE_SESSION)] },
    outcomes: { [ONE]: 'already-inactive' },
    says: /ResourceNotFoundException/,
    note: 'Harmless once; overdue where ListSessions goes on showing it.',
  },
  {
    id: 'session-vanishes-after-the-look',
    what: 'A session vanishes between its last look and TerminateSession',
    scenario: { faults: [fault('not found', 'TerminateSession', ONE_SESSION)] },
    outcomes: { [ONE]: 'already-inactive' },
    says: /ResourceNotFoundException/,
    note: 'Harmless once; overdue where ListSessions goes on showing it.',
  },
];
