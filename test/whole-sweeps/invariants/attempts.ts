/** Attempts to end sessions, each with what was read just before it. */

import type { Observation } from '../play/simulation.js';
import type { Exchange } from '../play/wire.js';
import { nowIn } from './clocks.js';
import {
  exchangesOf,
  lastLook,
  lastTagReading,
  listedAs,
  sessionOf,
  type TagReading,
  tagReadings,
} from './evidence.js';
import { type PassedLimit, passedLimits, type SessionAnswer } from './oracle.js';
import type { TagsShown } from './rule-oracle.js';
import { isExemptByTags, longestIdleMinutes, type TagPairs } from './tag-oracle.js';

export function terminations(seen: Observation): readonly Exchange[] {
  return exchangesOf(seen, 'TerminateSession');
}

/**
 * The limits that the last look before a call showed to be passed, by what the tags said then; none where tags exempt
 * the session.
 */
export function passedAt(seen: Observation, call: Exchange): readonly PassedLimit[] {
  const { settings } = seen;
  const { latest } = nowIn(seen, call.region);
  const answer = lookedAt(seen, call);
  const { enabled, prefix } = settings.tags;
  const alternatives = enabled ? shownAt(seen, call) : [{ ofSession: [], ofWorkgroup: [] }];
  return alternatives
    .map((shown) => ({ shown, pairs: [...shown.ofSession, ...shown.ofWorkgroup] }))
    .filter(({ pairs }) => !isExemptByTags(pairs, prefix, latest))
    .map(({ shown, pairs }) =>
      passedLimits(answer, settings, latest, longestIdleMinutes(pairs, prefix), shown),
    )
    .reduce((most, passed) => (passed.length > most.length ? passed : most), []);
}

/** What the last look before a call showed, in the workgroup that the session was listed in. */
function lookedAt(seen: Observation, call: Exchange): SessionAnswer {
  const id = sessionOf(call);
  const listed = listedAs(seen, id, call.sent.order);
  const look = lastLook(seen, id, call.sent.order);
  return { ...look?.output, workGroup: listed?.workGroup ?? '' };
}

/** Tags of session and workgroup that hold for a call, in each way in which they may: two seconds may be remembered. */
export function tagsAt(seen: Observation, call: Exchange): readonly TagPairs[] {
  return shownAt(seen, call).map(({ ofSession, ofWorkgroup }) => [...ofSession, ...ofWorkgroup]);
}

function shownAt(seen: Observation, call: Exchange): readonly TagsShown[] {
  const { ofSession, ofWorkgroup } = readingsBefore(seen, call);
  return ofWorkgroup.map(({ pairs }) => ({ ofSession: ofSession?.pairs ?? [], ofWorkgroup: pairs }));
}

/** The last reading of a session's tags before a call, and those of its workgroup's that were no older then. */
export function readingsBefore(
  seen: Observation,
  call: Exchange,
): { readonly ofSession?: TagReading | undefined; readonly ofWorkgroup: readonly TagReading[] } {
  const { region, sent } = call;
  const id = sessionOf(call);
  const { workGroup } = listedAs(seen, id, sent.order) ?? {};
  const ofSession = lastTagReading(seen, region, `/session/${id}`, sent.order);
  const oldest = (ofSession?.began.at ?? 0) - REMEMBERED_MS;
  const ofWorkgroup = tagReadings(seen, region, `workgroup/${workGroup}`, sent.order);
  return { ofSession, ofWorkgroup: ofWorkgroup.filter(({ began }) => began.at >= oldest) };
}

const REMEMBERED_MS = 2_000;

export function attemptBefore(seen: Observation, call: Exchange): Exchange | undefined {
  return terminations(seen).findLast(
    (one) => sessionOf(one) === sessionOf(call) && one.sent.order < call.sent.order,
  );
}
