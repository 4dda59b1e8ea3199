/** What holds for every TerminateSession that a sweep sends, by what went over the wire. */
import assert from 'node:assert/strict';
import type { Exchange } from '../play/wire.js';
import { attemptBefore, passedAt, readingsBefore, tagsAt, terminations } from './attempts.js';
import { nowIn } from './clocks.js';
import { isFullyListed, lastLook, listedAs, sessionOf, workgroupsToList } from './evidence.js';
import type { Invariant } from './invariant.js';
import { isExemptByRule } from './rule-oracle.js';
import { isExemptByTags } from './tag-oracle.js';
import { TRUST_INVARIANTS } from './trust-invariants.js';

export const TERMINATION_INVARIANTS: readonly Invariant[] = [
  {
    name: 'reads tags anew for each attempt, those of a workgroup no more than two seconds before',
    check: (seen) => {
      if (!seen.settings.tags.enabled) return;
      for (const call of terminations(seen)) {
        const id = sessionOf(call);
        const { ofSession, ofWorkgroup } = readingsBefore(seen, call);
        assert(ofSession, `${id}: its tags were not read`);
        assert(ofWorkgroup.length > 0, `${id}: the tags of its workgroup were not read, or too long before`);
        const mustRead = seen.settings.tags.unreadable === 'spare';
        assert(!mustRead || !ofSession.isUnreadable, `${id}: its tags could not be read`);
        const isReadable = ofWorkgroup.some(({ isUnreadable }) => !isUnreadable);
        assert(isReadable, `${id}: the tags of its workgroup could not be read`);
        const before = attemptBefore(seen, call);
        const isAnew = before === undefined || ofSession.began.order > before.sent.order;
        assert(isAnew, `${id}: its tags were not read again for another attempt`);
      }
    },
  },
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
        assert(passedAt(seen, call).length > 0, `${id}: not due at its last look`);
        assert.equal(call.sent.at - (look.answered?.at ?? 0), 0, `${id}: waited after its last look`);
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
        const { prefix, enabled } = seen.settings.tags;
        const { latest } = nowIn(seen, call.region);
        assert(!isExemptByRule(listed, seen.settings, latest), `${id}: exempt by rule`);
        const isExempt = tagsAt(seen, call).every((pairs) => isExemptByTags(pairs, prefix, latest));
        assert(!enabled || !isExempt, `${id}: exempt by tag`);
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
      const selected = workgroupsToList(seen);
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
  ...TRUST_INVARIANTS,
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
