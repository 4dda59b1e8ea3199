/**
 * The schema of a deployment: what may stand under the context key `reaper`. It extends what a sweep needs, in
 * `lambda/contract/settings-schema.ts`, whose caption says how to add a key.
 */
import * as v from 'valibot';
import { PATTERNS } from '../../../lambda/contract/settings.js';
import { notifyEntries, sweepEntries } from '../../../lambda/contract/settings-schema.js';
import { flag, matching, object, oneOf, setOf, timezone } from '../../../lambda/contract/values.js';
import { SCHEDULE_ALLOWED, sweepGaps } from '../schedule/schedule-expression.js';
import { organizationSchema } from './organization-schema.js';
import { AWS_PATTERNS, email, orNull, retentionDays, textThat } from './values.js';

const notify = object({
  emails: v.optional(setOf(email), []),
  topicArn: orNull(matching(AWS_PATTERNS.topicArn)),
  ...notifyEntries,
});

/** Scheduler's own limit. */
const MOST_CHARACTERS_OF_SCHEDULE = 256;
const isSchedule = (expression: string) =>
  expression.length <= MOST_CHARACTERS_OF_SCHEDULE && sweepGaps(expression) !== undefined;
const schedule = textThat(isSchedule, SCHEDULE_ALLOWED);

/** @internal */
export const reaperConfigSchema = object({
  schedule: v.optional(schedule, 'rate(5 minutes)'),
  timezone: v.optional(timezone(), 'UTC'),
  ...sweepEntries,
  notify: v.optional(notify, {}),
  runbookUrl: orNull(matching(PATTERNS.url)),
  logRetentionDays: v.optional(retentionDays(), 90),
  retainLog: v.optional(flag(), false),
  logLevel: v.optional(oneOf('INFO', 'DEBUG'), 'INFO'),
  kmsKeyArn: orNull(matching(AWS_PATTERNS.keyArn)),
  permissionsBoundary: orNull(matching(AWS_PATTERNS.policy)),
  organization: orNull(organizationSchema),
});
