/** What a sweep says of each session agrees with what Athena answered about it. */
import assert from 'node:assert/strict';
import { countsOf, type LoggedSession, metricOf, sessionLines } from '../play/observed.js';
import type { Observation } from '../play/simulation.js';
import type { Exchange } from '../play/wire.js';
import { readingsBefore, terminations } from './attempts.js';
import { nowIn } from './clocks.js';
import {
  exchangesOf,
  firstListings,
  lastTagReading,
  NOTHING_TO_READ,
  sessionOf,
  tagReadings,
} from './evidence.js';
import type { Invariant } from './invariant.js';
import { passedLimits } from './oracle.js';
import { needsLook } from './rule-oracle.js';
import { isExemptByTags, longestIdleMinutes } from './tag-oracle.js';

export const ANSWER_INVARIANTS: readonly Invariant[] = [
  {
    name: 'says of each session what TerminateSession answered',
    check: (seen) => {
      for (const line of sessionLines(seen)) checkTermination(seen, line);
    },
  },
  {
    name: 'calls a session that Athena lists and does not know inactive, and keeps the error',
    check: (seen) => {
      for (const line of sessionLines(seen)) {
        const last = callsAbout(seen, line.sessionId).at(-1);
        if (line.outcome !== 'already-inactive' || !last?.error) continue;
        assert(NOTHING_TO_READ.includes(last.error), `${line.sessionId}: inactive after ${last.error}`);
        assert(line.error?.includes(last.error), `${line.sessionId}: ${last.error} is not in its record`);
      }
    },
  },
  {
    name: 'takes a denied end for spared only where tags that are read again say exempt',
    check: (seen) => {
      for (const line of sessionLines(seen)) {
        const last = callsAbout(seen, line.sessionId).at(-1);
        if (last?.operation !== 'TerminateSession' || last.error !== 'AccessDeniedException') continue;
        if (line.outcome === 'spared') checkDenied(seen, line, last);
        else assert.equal(line.outcome, 'failed', `${line.sessionId}: denied, and ${line.outcome}`);
      }
    },
  },
  {
    name: 'counts the sessions that it ended without having read their own tags',
    check: (seen) => {
      const ended = terminations(seen).filter(({ error }) => error === undefined);
      const unread = ended.filter((call) => readingsBefore(seen, call).ofSession?.isUnreadable);
      const sessions = new Set(unread.map(sessionOf));
      const { tagsUnreadable } = countsOf(seen);
      assert(tagsUnreadable >= sessions.size, `${tagsUnreadable} counted, ${sessions.size} ended`);
    },
  },
  {
    name: 'shows how long the session longest past its limit has been past it',
    check: (seen) => {
      if (seen.settings.mode === 'report') return;
      // Rules by what no listing shows may give a session longer.
      if (seen.settings.rules.some(needsLook)) return;
      const reported = metricOf(seen, 'OldestOverdue');
      for (const [id, listing] of firstListings(seen)) {
        const line = sessionLines(seen).find(({ sessionId }) => sessionId === id);
        const states = new Set(statesOf(seen, id));
        // Where its state has changed since, another limit may hold.
        if (!line || line.outcome === 'spared' || states.size > 1) continue;
        // What is found late because workgroups wait for their turn, and ends at once, is no trouble of its own.
        if (line.outcome === 'terminated' && countsOf(seen).waiting > 0) continue;
        const { earliest } = nowIn(seen, listing.region);
        const longer = longestByTags(seen, line);
        const past = passedLimits(listing, seen.settings, earliest, longer).filter(
          ({ by }) => by === 'its idle time' || by === 'its state',
        );
        for (const { pastMs } of past) {
          assert(reported >= Math.floor(pastMs / 1_000) - 1, `${id}: past its limit by ${pastMs} ms`);
        }
      }
    },
  },
];

function checkTermination(seen: Observation, line: LoggedSession): void {
  const { sessionId, outcome, returnedState, error } = line;
  const asked = exchangesOf(seen, 'TerminateSession').filter((call) => sessionOf(call) === sessionId);
  const last = asked.at(-1);
  const answer = last?.output?.State;
  const ended = answer === 'TERMINATING' || answer === 'TERMINATED';
  assert.equal(outcome === 'terminated', ended, `${sessionId}: ${outcome}, answered ${answer}`);
  if (ended) assert.equal(returnedState, answer, sessionId);
  if (outcome === 'failed') assert(error, `${sessionId}: failed without saying why`);
  if (outcome === 'deferred' || outcome === 'would-terminate' || outcome === 'warned') {
    assert.equal(asked.length, 0, `${sessionId}: ${outcome} though it was asked for`);
  }
  if (outcome === 'accepted') assert(last?.answered, `${sessionId}: accepted without an answer`);
}

function checkDenied(seen: Observation, { sessionId, region, workGroup }: LoggedSession, denied: Exchange) {
  assert(
    denied.errorMessage?.includes('explicit deny in an identity-based policy'),
    `${sessionId}: spared, though another policy denied it`,
  );
  const readings = [`/session/${sessionId}`, `workgroup/${workGroup}`]
    .map((arnEnd) => lastTagReading(seen, region, arnEnd))
    .filter((reading) => reading !== undefined && reading.began.order > denied.sent.order);
  const pairs = readings.flatMap((reading) => reading?.pairs ?? []);
  const isExempt = isExemptByTags(pairs, seen.settings.tags.prefix, nowIn(seen, region).latest);
  assert(isExempt, `${sessionId}: spared, though no tag that was read after its denial says exempt`);
}

/** The longest idle limit that any tags gave which the sweep read, in minutes. */
function longestByTags(seen: Observation, { sessionId, region, workGroup }: LoggedSession): number {
  const readings = [`/session/${sessionId}`, `workgroup/${workGroup}`].flatMap((arnEnd) =>
    tagReadings(seen, region, arnEnd),
  );
  const pairs = readings.flatMap((reading) => reading.pairs);
  return longestIdleMinutes(pairs, seen.settings.tags.prefix);
}

function callsAbout(seen: Observation, id: string): readonly Exchange[] {
  return seen.exchanges.filter(
    (exchange) =>
      (exchange.operation === 'GetSession' || exchange.operation === 'TerminateSession') &&
      sessionOf(exchange) === id,
  );
}

/** The states in which a session was listed and seen. */
function statesOf(seen: Observation, id: string): readonly string[] {
  const looks = callsAbout(seen, id).filter(({ operation }) => operation === 'GetSession');
  const listing = firstListings(seen).get(id);
  return [listing, ...looks.map(({ output }) => output)].flatMap((answer) => {
    const status = answer?.Status;
    return typeof status === 'object' && status !== null && 'State' in status ? [String(status.State)] : [];
  });
}
