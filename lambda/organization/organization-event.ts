/** What the state machine of an organization asks of the function: one target, or the sum of all. */
import * as v from 'valibot';
import {
  type OrganizationSettings,
  PATTERNS,
  type ReaperSettings,
  type SweepSettings,
} from '../contract/settings.js';
import { matching, object } from '../contract/values.js';
import { checked, narrow, SettingsError } from '../settings/read-settings.js';
import type { Target } from './member-role.js';
import type { Figures } from './totals.js';

export type OrganizationRequest =
  | {
      readonly kind: 'target';
      readonly target: Target;
      readonly settings: SweepSettings;
      readonly organization: OrganizationSettings;
    }
  | { readonly kind: 'summary'; readonly summary: Summary; readonly settings: SweepSettings };

/** What is known when every target has been swept or given up. */
interface Summary {
  /** ISO 8601. */
  readonly startedAt: string;
  /** Accounts times regions. */
  readonly targets: number;
  /** Those of the targets that answered, added up. */
  readonly figures: Figures;
}

const count = v.pipe(
  v.number('a number'),
  v.check((n) => n >= 0, 'a number of at least 0'),
);

const eventSchema = object({
  target: v.exactOptional(
    object({ accountId: matching(PATTERNS.accountId), region: matching(PATTERNS.region) }),
  ),
  summarize: v.exactOptional(
    object({
      startedAt: v.pipe(v.string('an ISO 8601 timestamp'), v.isoTimestamp('an ISO 8601 timestamp')),
      targets: count,
      figures: v.objectWithRest({}, count, 'an object with numbers'),
    }),
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
  const { target, summarize, ...narrowing } = checked(eventSchema, event, 'The event');
  if (target && !summarize) {
    const narrowed = narrow(settings, { ...narrowing, regions: [target.region] }, '');
    return { kind: 'target', target, settings: narrowed, organization };
  }
  if (summarize && !target) {
    return { kind: 'summary', summary: summarize, settings: narrow(settings, narrowing, '') };
  }
  throw new SettingsError('The event', [
    `(the whole): found ${target ? 'both' : 'neither'}; allowed: either "target" or "summarize"`,
  ]);
}
