/** What more holds for a sweep that nothing disturbs: it does all there is to do, with the fewest calls. */
import assert from 'node:assert/strict';
import { PREFIX } from '../play/fleets.js';
import { countsOf, sessionLines } from '../play/observed.js';
import { sessionIdOf } from '../play/scenario.js';
import type { Observation } from '../play/simulation.js';
import { regionName } from '../play/stage.js';
import type { Exchange } from '../play/wire.js';
import { nowIn } from './clocks.js';
import {
  exchangesOf,
  firstListings,
  lastTagReading,
  reachesWorkgroups,
  sessionOf,
  workgroupsToList,
} from './evidence.js';
import type { Invariant } from './invariant.js';
import { lacksIdleSince, passedLimits, statesToList } from './oracle.js';
import { isExemptByRule } from './rule-oracle.js';

export const CALM_INVARIANTS: readonly Invariant[] = [
  {
    name: 'fails nowhere, defers only what the cap does not allow, and lists all but what refuses',
    check: (seen) => {
      const { failed, deferred, due, spared, notListed } = countsOf(seen);
      assert.equal(failed, 0);
      // What had gone when it was looked at takes no place under the cap, and report mode has none.
      const endable = seen.settings.mode === 'report' ? 0 : due - spared;
      const allowed = Math.max(0, endable - seen.settings.maxTerminationsPerSweep);
      // Ends that rest on trust wait for the whole region, of which a workgroup that refuses is a part.
      const isWaiting = seen.settings.trust.lastModified && notListed > 0;
      assert(isWaiting || deferred <= allowed, `${deferred} deferred`);
      const refusing = new Set(
        exchangesOf(seen, 'ListSessions')
          .filter(({ error }) => error !== undefined)
          .map(({ region, input }) => `${region}/${input.WorkGroup}`),
      );
      const isNothingSelected = !reachesWorkgroups(seen);
      assert.equal(notListed, refusing.size + (isNothingSelected ? 1 : 0), 'places not listed');
    },
  },
  {
    name: 'finds due what is due, and spares only what tags spare, or rules at the last look',
    check: (seen) => {
      const lines = sessionLines(seen).filter(({ outcome }) => outcome !== 'warned');
      const found = new Map(lines.map((line) => [line.sessionId, line]));
      for (const [id, listing] of firstListings(seen)) {
        const { earliest, latest } = nowIn(seen, listing.region);
        const isDue = passedLimits(listing, seen.settings, earliest).some(isPlain);
        if (isDue) assert(found.has(id), `${id}: due, and not in the log`);
        const mayBeDue = passedLimits(listing, seen.settings, latest).length > 0 || lacksIdleSince(listing);
        if (!mayBeDue) assert(!found.has(id), `${id}: not due, and ${found.get(id)?.outcome}`);
        if (found.get(id)?.outcome === 'spared' && hasLookedDue(seen, id, earliest)) {
          assert(isTagged(seen, id) || seen.settings.tags.unreadable === 'spare', `${id} has no tags`);
        }
      }
    },
  },
  {
    name: 'lists each page once, and no workgroup that has no sessions to list',
    check: (seen) => {
      const { pageSize, regions } = seen.scenario;
      const pages = (items: number) => Math.max(1, Math.ceil(items / pageSize));
      // There is one workgroup more than the scenario has: primary.
      const workgroupPages = regions.reduce((sum, workgroups) => sum + pages(workgroups.length + 1), 0);
      assert.equal(exchangesOf(seen, 'ListWorkGroups').length, workgroupPages, 'ListWorkGroups');
      const sessionPages = plansToList(seen).reduce((sum, { engine, sessions }) => {
        const isRefused = engine === 'Athena engine version 3' && seen.scenario.world.sqlListing !== 'empty';
        // One refusal is enough.
        if (isRefused) return sum + 1;
        const inState = (state: string) => sessions.filter((session) => session.state === state).length;
        const held = engine === 'Athena engine version 3' ? () => 0 : inState;
        return sum + statesToList(seen.settings).reduce((n, state) => n + pages(held(state)), 0);
      }, 0);
      assert.equal(exchangesOf(seen, 'ListSessions').length, sessionPages, 'ListSessions');
    },
  },
  {
    name: 'looks at each session once, and only at those that may be due',
    check: (seen) => {
      const looks = exchangesOf(seen, 'GetSession');
      const listings = firstListings(seen);
      // A listing without an idle-since time has to be asked for it, before anybody knows that a last look is due.
      assertOnce(
        looks.filter((look) => {
          const listing = listings.get(sessionOf(look));
          return listing === undefined || !lacksIdleSince(listing);
        }),
        sessionOf,
      );
      assertOnce(exchangesOf(seen, 'TerminateSession'), sessionOf);
      for (const look of looks) {
        const listing = listings.get(sessionOf(look));
        assert(listing, `${sessionOf(look)}: looked at, and never listed`);
        const { latest } = nowIn(seen, look.region);
        const passed = passedLimits(listing, seen.settings, latest);
        const mayBeDue =
          passed.length > 0 || (lacksIdleSince(listing) && !isExemptByRule(listing, seen.settings, latest));
        assert(mayBeDue, `${sessionOf(look)}: looked at for nothing`);
      }
    },
  },
  {
    name: 'reads the tags of a session once, and those of a workgroup no more often than they are out of date',
    check: (seen) => {
      const readings = exchangesOf(seen, 'ListTagsForResource');
      if (!seen.settings.tags.enabled) assert.equal(readings.length, 0);
      const ofSessions = readings.filter((call) => arnOf(call).includes('/session/'));
      assertOnce(ofSessions, arnOf);
      const last = new Map<string, number>();
      for (const call of readings.filter((one) => !ofSessions.includes(one))) {
        const place = `${call.region}/${arnOf(call)}`;
        const waited = call.sent.at - (last.get(place) ?? Number.NEGATIVE_INFINITY);
        assert(waited >= 2_000, `${arnOf(call)}: read again after ${waited} ms`);
        last.set(place, call.sent.at);
      }
    },
  },
];

function isPlain({ by }: { readonly by: string }): boolean {
  return by !== 'trust in LastModified';
}

function arnOf({ input }: Exchange): string {
  return String(input.ResourceARN);
}

function assertOnce(calls: readonly Exchange[], subjectOf: (call: Exchange) => string): void {
  const subjects = calls.map(subjectOf);
  const twice = subjects.find((subject, n) => subjects.indexOf(subject) !== n);
  assert.equal(twice, undefined, `${calls[0]?.operation} twice for ${twice}`);
}

/** The plans of workgroups whose sessions the sweep has to list, or has to try to. */
function plansToList(seen: Observation) {
  const wanted = workgroupsToList(seen);
  return seen.scenario.regions.flatMap((workgroups, r) =>
    workgroups.filter(({ name }) => wanted.some((one) => one.region === regionName(r) && one.name === name)),
  );
}

/** Whether the last look at a session found it due by all rules; tags of the reaper's alone can spare it then. */
function hasLookedDue(seen: Observation, id: string, now: number): boolean {
  const look = exchangesOf(seen, 'GetSession').findLast((call) => sessionOf(call) === id);
  const workGroup = firstListings(seen).get(id)?.workGroup ?? '';
  if (look?.output === undefined) return false;
  const pairsOf = (arnEnd: string) => lastTagReading(seen, look.region, arnEnd)?.pairs ?? [];
  const shown = { ofSession: pairsOf(`/session/${id}`), ofWorkgroup: pairsOf(`workgroup/${workGroup}`) };
  return passedLimits({ ...look.output, workGroup }, seen.settings, now, 0, shown).length > 0;
}

function isTagged(seen: Observation, id: string): boolean {
  return seen.scenario.regions.some((workgroups, r) =>
    workgroups.some(({ tags, sessions }, w) =>
      sessions.some(
        (session, s) =>
          sessionIdOf(r, w, s) === id &&
          Object.keys({ ...tags, ...session.tags }).some((key) => key.toLowerCase().includes(PREFIX)),
      ),
    ),
  );
}
