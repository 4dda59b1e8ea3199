/** What more holds for a sweep that nothing disturbs: it does all there is to do, with the fewest calls. */
import assert from 'node:assert/strict';
import type { SweepReport } from '../../lambda/contract/report.js';
import { exchangesOf, selectedWorkgroups } from './evidence.js';
import type { Invariant } from './invariant.js';
import { isDue, statesToList } from './oracle.js';
import { sessionLines } from './report-invariants.js';
import { OPERATIONS, type SweepOperation, sessionIdOf } from './scenario.js';
import type { Observation } from './simulation.js';
import { regionName } from './stage.js';

export const CALM_INVARIANTS: readonly Invariant[] = [
  {
    name: 'fails nowhere and defers only what the cap does not allow',
    check: (seen) => {
      const { counts, complete } = reportOf(seen);
      const endable = counts.due - counts.spared;
      assert.equal(counts.failed + counts.notListed, 0);
      assert.equal(counts.deferred, Math.max(0, endable - seen.settings.maxTerminationsPerSweep));
      assert.equal(complete, counts.deferred === 0);
    },
  },
  {
    name: 'finds due what is due, and spares only what tags spare',
    check: (seen) => {
      const due = sessionLines(seen).filter(({ outcome }) => outcome !== 'warned');
      const found = due.map(({ sessionId }) => sessionId).toSorted();
      assert.deepEqual(found, dueIn(seen).toSorted());
      for (const { sessionId, outcome } of due) {
        if (outcome === 'spared') assert(isTagged(seen, sessionId), `${sessionId} has no tags`);
      }
    },
  },
  {
    name: 'makes the fewest calls that can be made',
    check: (seen) => {
      for (const operation of OPERATIONS) {
        assert.equal(exchangesOf(seen, operation).length, fewest(seen, operation), operation);
      }
    },
  },
];

function reportOf({ report, thrown }: Observation): SweepReport {
  assert(report, String(thrown));
  return report;
}

/** Workgroups in which the sweep has to list sessions: those it has to try, because it cannot know, too. */
function workgroupsToList(seen: Observation) {
  const selected = selectedWorkgroups(seen);
  return seen.scenario.regions.flatMap((workgroups, r) =>
    workgroups
      .map((workgroup, w) => ({ ...workgroup, r, w }))
      .filter(({ name }) => selected.some((one) => one.region === regionName(r) && one.name === name)),
  );
}

/** Ids of sessions that the first page which showed them showed to be due. */
function dueIn(seen: Observation): readonly string[] {
  return exchangesOf(seen, 'ListSessions').flatMap(({ input, output }) => {
    const sessions: unknown = output?.Sessions;
    assert(Array.isArray(sessions) || output === undefined);
    const due = (Array.isArray(sessions) ? sessions : []).filter((summary) =>
      isDue({ ...summary, workGroup: String(input.WorkGroup) }, seen.settings, seen.now),
    );
    return due.map(({ SessionId }) => String(SessionId));
  });
}

function isTagged(seen: Observation, id: string): boolean {
  return workgroupsToList(seen).some(({ r, w, tags, sessions }) =>
    sessions.some(
      (session, s) =>
        sessionIdOf(r, w, s) === id &&
        Object.keys({ ...tags, ...session.tags }).some((key) => key !== 'team'),
    ),
  );
}

function fewest(seen: Observation, operation: SweepOperation): number {
  const { counts } = reportOf(seen);
  const { pageSize, regions } = seen.scenario;
  const pages = (items: number) => Math.max(1, Math.ceil(items / pageSize));
  const looked = counts.due - counts.spared - counts.deferred;
  switch (operation) {
    case 'ListWorkGroups':
      return regions.reduce((sum, workgroups) => sum + pages(workgroups.length), 0);
    case 'ListSessions':
      return workgroupsToList(seen).reduce((sum, { engine, sessions }) => {
        // One refusal is enough.
        if (engine === 'Athena engine version 3') return sum + 1;
        const inState = (state: string) => sessions.filter((session) => session.state === state).length;
        return sum + statesToList(seen.settings).reduce((n, state) => n + pages(inState(state)), 0);
      }, 0);
    case 'GetSession':
      return looked;
    case 'TerminateSession':
      return seen.settings.mode === 'report' ? 0 : looked;
    case 'ListTagsForResource': {
      if (!seen.settings.tags.enabled) return 0;
      const tried = sessionLines(seen).filter(
        ({ outcome }) => outcome !== 'warned' && outcome !== 'deferred',
      );
      return tried.length + new Set(tried.map(({ region, workGroup }) => `${region}/${workGroup}`)).size;
    }
  }
}
