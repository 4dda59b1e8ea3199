/**
 * What is asked of the function in an organization: by the state machine, to check an event, to sweep one target, or to
 * make the sum of all; and by a rule, to report what an execution did that was given up.
 */
import * as v from 'valibot';
import {
  type OrganizationSettings,
  PATTERNS,
  type ReaperSettings,
  type SweepSettings,
} from '../contract/settings.js';
import { matching, object, oneOf } from '../contract/values.js';
import { checked, narrow, SettingsError } from '../settings/read-settings.js';
import type { Target } from './member-role.js';
import type { Figures } from './totals.js';

export type OrganizationRequest =
  | { readonly kind: 'check'; readonly checked: CheckedEvent }
  | {
      readonly kind: 'target';
      readonly target: Target;
      /** Milliseconds since the epoch; by then the answer must be there, if the state machine says so. */
      readonly answerBy?: number;
      readonly settings: SweepSettings;
      readonly organization: OrganizationSettings;
    }
  | { readonly kind: 'summary'; readonly summary: Summary; readonly settings: SweepSettings }
  | { readonly kind: 'given-up'; readonly givenUp: GivenUp; readonly settings: SweepSettings };

/** What an operator asks for, understood: what goes to each target, and the regions to sweep. */
export interface CheckedEvent {
  readonly event: Readonly<Record<string, unknown>>;
  readonly regions: readonly string[];
}

/** What is known when every target has been swept or given up. */
export interface Summary {
  /** ISO 8601. */
  readonly startedAt: string;
  /** Accounts times regions. */
  readonly targets: number;
  /** Those of the targets that answered, added up. */
  readonly figures: Figures;
}

/** An execution that did not come to its end, as Step Functions says: somebody stopped it, or it lasted too long. */
export interface GivenUp {
  readonly status: 'ABORTED' | 'TIMED_OUT';
  /** Epoch milliseconds, as `stoppedAt` is. */
  readonly startedAt: number;
  readonly stoppedAt: number;
}

const count = v.pipe(
  v.number('a number'),
  v.check((n) => n >= 0, 'a number of at least 0'),
);

const instant = v.pipe(v.string('an ISO 8601 timestamp'), v.isoTimestamp('an ISO 8601 timestamp'));

const eventSchema = object({
  check: v.exactOptional(v.unknown()),
  target: v.exactOptional(
    object({ accountId: matching(PATTERNS.accountId), region: matching(PATTERNS.region) }),
  ),
  answerBy: v.exactOptional(instant),
  summarize: v.exactOptional(
    object({
      startedAt: instant,
      targets: count,
      figures: v.objectWithRest({}, count, 'an object with numbers'),
    }),
  ),
  givenUp: v.exactOptional(
    object({ status: oneOf('ABORTED', 'TIMED_OUT'), startedAt: count, stoppedAt: count }),
  ),
  mode: v.exactOptional(v.unknown()),
  workgroups: v.exactOptional(v.unknown()),
});

/**
 * Reads an event. As anywhere, it can only narrow what is deployed: `mode` and `workgroups` as `narrow` has
 * them, and a region among those deployed. Which accounts there are, the trust of their roles decides.
 * @throws SettingsError that lists every mistake at once.
 */
export function organizationRequest(settings: ReaperSettings, event: unknown): OrganizationRequest {
  const { organization } = settings;
  if (!organization) {
    throw new SettingsError('The settings', [
      'organization: found nothing; allowed: memberRoleName, externalId',
    ]);
  }
  const request = checked(eventSchema, event, 'The event');
  const { check, target, summarize, givenUp, answerBy, ...narrowing } = request;
  const asked = Object.keys(request).filter((key) => ASKED.some((name) => name === key));
  if (asked.length !== 1) {
    throw new SettingsError('The event', [
      `(the whole): found ${asked.length === 0 ? 'none' : asked.join(', ')}; allowed: one of ${ASKED.join(', ')}`,
    ]);
  }
  if (target) {
    const narrowed = narrow(settings, { ...narrowing, regions: [target.region] }, '');
    return {
      ...({ kind: 'target', target, settings: narrowed, organization } as const),
      ...(answerBy !== undefined && { answerBy: Date.parse(answerBy) }),
    };
  }
  if (summarize) return { kind: 'summary', summary: summarize, settings: narrow(settings, narrowing, '') };
  if (givenUp) return { kind: 'given-up', givenUp, settings: narrow(settings, narrowing, '') };
  return { kind: 'check', checked: checkedEvent(settings, check) };
}

const ASKED = ['check', 'target', 'summarize', 'givenUp'] as const;

/** @throws SettingsError that lists every mistake, once for all targets. */
function checkedEvent(settings: ReaperSettings, event: unknown): CheckedEvent {
  const { regions } = narrow(settings, event, '');
  const forEachTarget = Object.entries(Object(event)).filter(([key]) => key !== 'regions');
  return { event: Object.fromEntries(forEachTarget), regions };
}
