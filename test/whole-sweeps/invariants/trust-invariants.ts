/** What holds for ends that rest on nothing but the setting that trusts LastModifiedDateTime. */
import assert from 'node:assert/strict';
import { isJsonObject, type JsonValue } from '../../../local/athena/wire/json.js';
import type { Observation } from '../play/simulation.js';
import type { Exchange } from '../play/wire.js';
import { passedAt, terminations } from './attempts.js';
import { nowIn } from './clocks.js';
import { isFullyListed, sessionOf, workgroupsToList } from './evidence.js';
import type { Invariant } from './invariant.js';
import { contradictsTrust } from './oracle.js';

export const TRUST_INVARIANTS: readonly Invariant[] = [
  {
    name: 'trusts LastModifiedDateTime only when its region is listed to the end',
    check: (seen) => {
      for (const call of trustingCalls(seen)) {
        const ofRegion = workgroupsToList(seen).filter(({ region }) => region === call.region);
        const missing = ofRegion.find(
          ({ region, name }) => !isFullyListed(seen, region, name, call.sent.order),
        );
        assert(!missing, `${sessionOf(call)}: ended before ${missing?.name} was listed`);
      }
    },
  },
  {
    name: 'trusts LastModifiedDateTime nowhere where a session contradicts it',
    check: (seen) => {
      for (const call of trustingCalls(seen)) {
        const before = contradictedRegions(seen, call.sent.order);
        assert(!before.has(call.region), `${sessionOf(call)}: its region has contradicted it`);
      }
    },
  },
];

/** Nor where one did in an earlier sweep of the same process. @param sweeps in a row. */
export function checkContradictionsAreRemembered(sweeps: readonly Observation[]): void {
  const contradicted = new Set<string>();
  for (const seen of sweeps) {
    for (const call of trustingCalls(seen)) {
      assert(!contradicted.has(call.region), `${sessionOf(call)}: its region contradicted it a sweep before`);
    }
    for (const region of contradictedRegions(seen)) contradicted.add(region);
  }
}

/** Regions in which some session contradicted it before a moment. */
function contradictedRegions(seen: Observation, order = Number.POSITIVE_INFINITY): ReadonlySet<string> {
  const contradicting = seen.exchanges.filter(({ region, answered, output }) => {
    const now = nowIn(seen, region).earliest;
    return (
      answered !== undefined &&
      answered.order < order &&
      [output, ...list(output?.Sessions)].some(
        (answer) => isJsonObject(answer) && contradictsTrust({ ...answer, workGroup: '' }, now),
      )
    );
  });
  return new Set(contradicting.map(({ region }) => region));
}

function trustingCalls(seen: Observation): readonly Exchange[] {
  return terminations(seen).filter((call) => {
    const passed = passedAt(seen, call);
    return passed.length > 0 && passed.every(({ by }) => by === 'trust in LastModified');
  });
}

function list(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}
