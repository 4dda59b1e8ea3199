import { show } from '../../../lambda/contract/mistakes.js';
import { covers } from '../globs/glob-comparison.js';
import type { ReaperConfig } from '../keys/reaper-config.js';
import { toReaperSettings } from '../keys/to-settings.js';
import { sweepGaps } from '../schedule/schedule-expression.js';
import type { Contradiction } from './contradiction.js';
import { organizationContradictions } from './organization-contradictions.js';
import { ruleContradictions } from './rule-contradictions.js';

/** What cannot be meant, though each key is right in itself. */
export function contradictions(config: ReaperConfig): readonly Contradiction[] {
  return [
    ...nothingSelected(config),
    ...ruleContradictions(config),
    ...warningsThatCannotBeGiven(config),
    ...emailsOnForeignTopic(config),
    ...timezoneOfRate(config),
    ...organizationContradictions(config),
    ...settingsTooLong(config),
  ];
}

function nothingSelected({ workgroups: { include, exclude } }: ReaperConfig): readonly Contradiction[] {
  return include.flatMap((included, index) => {
    const by = exclude.find((excluded) => covers(excluded, included));
    if (by === undefined) return [];
    const allowed = `a glob that "exclude" leaves something of, which ${show(by)} does not`;
    return [
      { path: ['workgroups', 'include', index], found: show(included), allowed, reads: ['workgroups'] },
    ];
  });
}

/**
 * A sweep announces the sessions that are due in more than `warnMinutes` minus the interval and in no more
 * than `warnMinutes`: with a shorter span some are never announced, with a longer limit than the session's
 * own none is.
 */
function warningsThatCannotBeGiven(config: ReaperConfig): readonly Contradiction[] {
  const { warnMinutes, schedule, idleMinutes, rules } = config;
  const interval = sweepGaps(schedule)?.shortestMinutes;
  if (warnMinutes === 0 || interval === undefined) return [];
  const limits = [idleMinutes, ...rules.flatMap((rule) => ('idleMinutes' in rule ? [rule.idleMinutes] : []))];
  const shortest = Math.min(...limits);
  if (warnMinutes >= interval && warnMinutes < shortest) return [];
  const allowed =
    `0, or from the ${interval} minutes between two sweeps ` +
    `to less than the shortest idle limit, ${shortest} minutes`;
  const reads = ['warnMinutes', 'schedule', 'idleMinutes', 'rules'] as const;
  return [{ path: ['warnMinutes'], found: show(warnMinutes), allowed, reads }];
}

function emailsOnForeignTopic({ notify: { emails, topicArn } }: ReaperConfig): readonly Contradiction[] {
  if (topicArn === null || emails.length === 0) return [];
  const allowed =
    'either "emails" or "topicArn": addresses are subscribed to the topic that the stack creates';
  return [{ path: ['notify'], found: show({ emails, topicArn }), allowed, reads: ['notify'] }];
}

function timezoneOfRate({ schedule, timezone }: ReaperConfig): readonly Contradiction[] {
  if (timezone === 'UTC' || schedule.startsWith('cron(')) return [];
  const allowed = 'nothing beside a rate: a time zone only means something to a cron(…) schedule';
  return [{ path: ['timezone'], found: show(timezone), allowed, reads: ['schedule', 'timezone'] }];
}

/** Lambda gives all variables of a function 4,096 bytes together; the others need a few hundred. */
const MOST_SETTINGS_BYTES = 3_700;

function settingsTooLong(config: ReaperConfig): readonly Contradiction[] {
  const bytes = Buffer.byteLength(JSON.stringify(toReaperSettings(config)));
  if (bytes <= MOST_SETTINGS_BYTES) return [];
  const allowed = `${MOST_SETTINGS_BYTES} bytes, which Lambda's environment has room for; use fewer rules and globs`;
  return [
    { path: [], found: `${bytes} bytes of settings`, allowed, reads: ['rules', 'workgroups', 'regions'] },
  ];
}
