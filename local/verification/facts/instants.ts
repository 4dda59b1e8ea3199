/** Findings on the instants in a session's status. */
import type { World } from '../../athena/index.js';
import type { IdleReading, Observations } from '../experiment/observations.js';
import { INSTANT_NAMES, type InstantName, type Sample } from '../experiment/sample.js';
import { answered, type Finding, fromSeen, open, reasonOf } from './finding.js';

/** By how much an instant has to be older than a state was still seen, so that whole seconds cannot hide a move. */
const APART_MS = 2_000;

/** Whether LastModifiedDateTime moves when the state changes: by every change that two statuses show. */
export function lastModifiedFinding(seen: Observations): Finding<World['lastModified']> {
  const changes = seen.samples.flatMap((later, index) => changeInto(later, seen.samples[index - 1]));
  if (changes.length === 0) {
    if (seen.started.kind !== 'seen') return open(reasonOf(seen.started));
    return open('no two statuses show a change of state whose LastModifiedDateTime could show it');
  }
  const moved = changes.filter(({ movedMs }) => movedMs > 0).map(({ states }) => states);
  const stood = changes.filter(({ movedMs }) => movedMs === 0).map(({ states }) => states);
  if (moved.length === changes.length) return answered('moves', `moved at ${moved.join(', ')}`);
  if (stood.length === changes.length) return answered('stands', `stood still at ${stood.join(', ')}`);
  return open(`moved at ${moved.join(', ') || 'no change'}, and did not at the other changes`);
}

function changeInto(later: Sample, earlier: Sample | undefined): { movedMs: number; states: string }[] {
  const before = earlier?.instants.LastModifiedDateTime;
  const after = later.instants.LastModifiedDateTime;
  if (earlier === undefined || before === undefined || after === undefined) return [];
  if (earlier.state === later.state) return [];
  const movedMs = after - before;
  const couldHide = earlier.askedAt - before < APART_MS && movedMs === 0;
  return couldHide ? [] : [{ movedMs, states: `${earlier.state} to ${later.state}` }];
}

/** Whether IdleSinceDateTime is filled for an idle session of Apache Spark 3.5 or later. */
export function idleSinceFinding(seen: Observations): Finding<World['idleSince']> {
  return fromSeen(seen.idle, (readings) => {
    const found = idleSinceOf(readings);
    if (found === undefined)
      return open('the answers contradict each other, or do not show the session IDLE');
    const where = WHERE[found];
    if (seen.engine?.startsWith('Apache Spark')) return answered(found, `${seen.engine}: ${where}`);
    return open(`asked of Apache Spark 3.5; ${seen.engine ?? 'an engine without a name'}: ${where}`);
  });
}

const WHERE = {
  filled: 'in ListSessions and in GetSession',
  empty: 'in no answer',
  'only-in-get-session': 'in GetSession, not in ListSessions',
} as const satisfies Record<World['idleSince'], string>;

function idleSinceOf(readings: readonly IdleReading[]): World['idleSince'] | undefined {
  const listed = readings.flatMap(({ filtered, unfiltered }) => [filtered, unfiltered]);
  const got = readings.flatMap(({ before, status, after }) => [before, status, after]);
  const inListing = isFilled(listed.filter((sample) => sample !== undefined));
  const inGetSession = isFilled(got);
  if (inListing === undefined || inGetSession === undefined) return undefined;
  if (inListing) return inGetSession ? 'filled' : undefined;
  return inGetSession ? 'only-in-get-session' : 'empty';
}

/** @returns undefined where the answers differ, or none shows the session IDLE. */
function isFilled(samples: readonly Sample[]): boolean | undefined {
  const idle = samples.filter(({ state }) => state === 'IDLE');
  const [first, ...others] = idle.map(({ instants }) => instants.IdleSinceDateTime !== undefined);
  return others.every((filled) => filled === first) ? first : undefined;
}

/** Whether ListSessions gives the instants of GetSession, or whole seconds. */
export function listedInstantsFinding(seen: Observations): Finding<World['listedInstants']> {
  return fromSeen(seen.idle, (readings) => {
    const pairs = readings.flatMap(pairsIn).filter(({ got }) => got % 1_000 !== 0);
    if (pairs.length === 0) return open('no instant of GetSession has a fraction of a second to compare');
    const example = `${pairs[0]?.name}`;
    if (pairs.every(({ got, listed }) => got === listed))
      return answered('milliseconds', `the same in both, ${example} for one`);
    if (pairs.every(({ got, listed }) => listed === Math.floor(got / 1_000) * 1_000))
      return answered('whole-seconds', `ListSessions cuts ${example} to the second`);
    return open('the instants of ListSessions are neither those of GetSession nor these in whole seconds');
  });
}

interface Pair {
  readonly name: InstantName;
  readonly got: number;
  readonly listed: number;
}

/** Instants that GetSession gave alike before and after the listing. */
function pairsIn({ before, after, filtered, unfiltered }: IdleReading): readonly Pair[] {
  return [filtered, unfiltered].flatMap((listing) =>
    INSTANT_NAMES.flatMap((name) => {
      const got = before.instants[name];
      const listed = listing?.instants[name];
      const isSteady = got !== undefined && got === after.instants[name];
      return isSteady && listed !== undefined ? [{ name, got, listed }] : [];
    }),
  );
}
