/** What holds for every TerminateSession that a sweep sends, by what went over the wire. */
import assert from 'node:assert/strict';
import { isJsonObject } from '../../local/athena/wire/json.js';
import { exchangesOf, isFullyListed, lastLook, listedAs, selectedWorkgroups, sessionOf } from './evidence.js';
import type { Invariant } from './invariant.js';
import { isDue, isExemptByRule, isExemptByTags } from './oracle.js';
import { sessionIdOf } from './scenario.js';
import type { Observation } from './simulation.js';
import type { Exchange } from './wire.js';

export const TERMINATION_INVARIANTS: readonly Invariant[] = [
  {
    name: 'ends a session only right after a look of its own that found it due',
    check: (seen) => {
      const used = new Set<Exchange>();
      for (const call of terminations(seen)) {
        const id = sessionOf(call);
        const look = lastLook(seen, id, call.sent.order);
        assert(look?.output, `${id}: no last look, or one without an answer`);
        assert(!used.has(look), `${id}: two attempts on one look`);
        used.add(look);
        assert(isDue(lookedAt(seen, call, look), seen.settings, seen.now), `${id}: not due at its last look`);
        assert.equal(call.sent.at - (look.answered?.at ?? 0), 0, `${id}: waited after its last look`);
      }
    },
  },
  {
    name: 'spares a session that has been used since it was listed',
    check: (seen) => {
      if (seen.settings.stuck.maxAgeMinutes !== undefined) return;
      for (const call of terminations(seen)) {
        const id = sessionOf(call);
        const listed = idleSince(listedAs(seen, id, call.sent.order)?.Status);
        const looked = idleSince(lastLook(seen, id, call.sent.order)?.output?.Status);
        if (listed && looked) assert(looked <= listed, `${id}: idle since a later instant`);
      }
    },
  },
  {
    name: 'never ends an exempt session',
    check: (seen) => {
      for (const call of terminations(seen)) {
        const id = sessionOf(call);
        const listed = listedAs(seen, id, call.sent.order);
        assert(listed, `${id}: never listed`);
        assert(!isExemptByRule(listed, seen.settings), `${id}: exempt by rule`);
        assert(!exemptByTags(seen).has(id), `${id}: exempt by tag`);
      }
    },
  },
  {
    name: 'ends nothing in report mode',
    check: (seen) => {
      if (seen.settings.mode === 'report') assert.equal(terminations(seen).length, 0);
    },
  },
  {
    name: 'ends sessions only of selected workgroups, and only when they are listed to the last page',
    check: (seen) => {
      const selected = selectedWorkgroups(seen);
      for (const call of terminations(seen)) {
        const { workGroup } = listedAs(seen, sessionOf(call), call.sent.order) ?? {};
        const known = selected.find(({ region, name }) => region === call.region && name === workGroup);
        assert(known, `${sessionOf(call)}: in ${workGroup}, which is not selected`);
        const listed = isFullyListed(seen, known.region, known.name, call.sent.order);
        assert(listed, `${sessionOf(call)}: ${workGroup} was not listed to its last page`);
      }
    },
  },
  {
    name: 'never ends more sessions than the cap',
    check: (seen) => {
      const asked = terminations(seen).filter(
        ({ error }) => error === undefined || !REFUSALS.includes(error),
      );
      const sessions = new Set(asked.map(sessionOf));
      assert(sessions.size <= seen.settings.maxTerminationsPerSweep, `${sessions.size} sessions`);
    },
  },
];

/** Answers that say for certain that nothing was ended. */
const REFUSALS: readonly string[] = [
  'ThrottlingException',
  'TooManyRequestsException',
  'AccessDeniedException',
  'ExpiredTokenException',
  'InvalidRequestException',
  'ResourceNotFoundException',
];

function terminations(seen: Observation): readonly Exchange[] {
  return exchangesOf(seen, 'TerminateSession');
}

/** What a last look showed, in the workgroup that the session was listed in. */
function lookedAt(seen: Observation, call: Exchange, look: Exchange) {
  const listed = listedAs(seen, sessionOf(call), call.sent.order);
  return { ...look.output, workGroup: listed?.workGroup ?? '' };
}

function idleSince(status: unknown): number | undefined {
  if (!isJsonObject(status) || status.State !== 'IDLE') return undefined;
  const since = Number(status.IdleSinceDateTime);
  return Number.isFinite(since) ? since : undefined;
}

/** Sessions that tags exempt from the beginning, but for those whose tags the service said it does not know. */
function exemptByTags(seen: Observation): ReadonlySet<string> {
  const { scenario, settings, now } = seen;
  if (!settings.tags.enabled) return new Set();
  const unknown = exchangesOf(seen, 'ListTagsForResource').filter(
    ({ error }) => error === 'InvalidRequestException' || error === 'ResourceNotFoundException',
  );
  const isUnknown = (arnEnd: string) =>
    unknown.some(({ input }) => String(input.ResourceARN).endsWith(arnEnd));
  const exempt = scenario.regions.flatMap((workgroups, r) =>
    workgroups.flatMap(({ name, tags, sessions }, w) =>
      sessions
        .map((session, s) => ({ id: sessionIdOf(r, w, s), tags: session.tags ?? {} }))
        .filter((session) => !isUnknown(`workgroup/${name}`) && !isUnknown(`/session/${session.id}`))
        .filter((session) => isExemptByTags(tags, session.tags, settings, now))
        .map(({ id }) => id),
    ),
  );
  return new Set(exempt);
}
