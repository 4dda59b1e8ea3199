/** Whether a deployed reaper is well, and what it did. */

import { failureOf } from '../../lambda/athena/errors.js';
import { MINUTE_MS } from '../../lambda/contract/durations.js';
import { plainText } from '../../lambda/contract/plain-text.js';
import type { ReaperSettings } from '../../lambda/contract/settings.js';
import { counted } from '../../lambda/reporting/counted.js';
import { leftOut } from '../../lambda/reporting/counts.js';
import { parseSettings, SettingsError } from '../../lambda/settings/read-settings.js';
import { sweepGaps, watchMinutes } from '../../lib/config/schedule/schedule-expression.js';
import { type DeployedAlarms, readAlarms } from './alarms.js';
import { countDeadLetters } from './dead-letters.js';
import { type LastSweep, readLastSweep } from './last-sweep.js';
import { NotFound } from './not-found.js';
import type { Place } from './place.js';
import { type DeployedSchedule, readSchedule } from './schedule.js';
import { type SettingsDifference, settingsDifferences } from './settings-differences.js';
import { type DeployedReaper, readDeployedReaper } from './stack.js';
import { readWeek, type Week } from './week.js';

/** What was read, or why it could not be. */
export type Read<T> = { readonly value: T } | { readonly error: string };

export interface DeploymentStatus {
  readonly stack: string;
  readonly region: string;
  readonly stackStatus: string;
  readonly functionName: string;
  /** Why the reaper is not well; empty where it is. */
  readonly concerns: readonly string[];
  readonly schedule: Read<DeployedSchedule>;
  /** `null` where none finished within eight days. */
  readonly lastSweep: Read<LastSweep | null>;
  readonly week: Read<Week & { readonly costSaved: number }>;
  readonly alarms: Read<DeployedAlarms>;
  readonly deadLetters: Read<number>;
  readonly settings: Read<{
    readonly deployed: ReaperSettings;
    readonly differences: readonly SettingsDifference[];
  }>;
}

/**
 * Reads everything; what cannot be read does not keep the rest from being shown.
 * @param here the settings at hand, to compare with those that are deployed.
 * @param now epoch milliseconds.
 * @throws AccountError where there is no reaper to read of.
 */
export async function readStatus(place: Place, here: ReaperSettings, now: number): Promise<DeploymentStatus> {
  const reaper = await readDeployedReaper(place);
  const settings = await read('GetFunctionConfiguration', async () => settingsOf(reaper, here));
  const price = 'value' in settings ? settings.value.deployed.dpuHourPrice : here.dpuHourPrice;
  const schedule = await read('GetSchedule', () => readSchedule(reaper, place));
  const [lastSweep, week, alarms, deadLetters] = await Promise.all([
    read('FilterLogEvents', async () => (await readLastSweep(reaper, place, now)) ?? null),
    read('GetMetricStatistics', async () => withCost(await readWeek(reaper, place, now), price)),
    read('DescribeAlarms', () => readAlarms(reaper, place)),
    read('GetQueueAttributes', () =>
      countDeadLetters(reaper, 'value' in schedule ? schedule.value : {}, place),
    ),
  ]);
  const { stackStatus, functionName } = reaper;
  const parts = { schedule, lastSweep, week, alarms, deadLetters, settings };
  const concerns = concernsOf(parts, now);
  return { stack: place.stack, region: place.region, stackStatus, functionName, concerns, ...parts };
}

function settingsOf({ settingsJson }: DeployedReaper, here: ReaperSettings) {
  const deployed = parseSettings(JSON.parse(settingsJson), 'The deployed settings');
  return { deployed, differences: settingsDifferences(deployed, here) };
}

function withCost(week: Week, price: number) {
  return { ...week, costSaved: Math.round(week.dpuHoursSaved * price * 100) / 100 };
}

async function read<T>(operation: string, reading: () => Promise<T>): Promise<Read<T>> {
  try {
    return { value: await reading() };
  } catch (error) {
    if (error instanceof NotFound || error instanceof SettingsError) return { error: error.message };
    return { error: plainText(failureOf(operation, error).message) };
  }
}

type Parts = Omit<DeploymentStatus, 'stack' | 'region' | 'stackStatus' | 'functionName' | 'concerns'>;

function concernsOf(
  { schedule, lastSweep, alarms, deadLetters, settings, week }: Parts,
  now: number,
): string[] {
  return [
    ...unread({ schedule, lastSweep, week, alarms, deadLetters, settings }),
    ...('value' in schedule && !schedule.value.enabled ? ['the schedule is disabled'] : []),
    ...('value' in lastSweep ? sweepConcerns(lastSweep.value, longestWait(schedule), now) : []),
    ...('value' in alarms && alarms.value.on.length > 0
      ? [`alarms are on: ${alarms.value.on.join(', ')}`]
      : []),
    ...('value' in deadLetters && deadLetters.value > 0 ? [`dead letters: ${deadLetters.value}`] : []),
  ];
}

function unread(parts: Readonly<Record<string, Read<unknown>>>): string[] {
  return Object.entries(parts).flatMap(([name, part]) =>
    'error' in part ? [`${name} could not be read`] : [],
  );
}

/** Minutes without a sweep after which the alarm "no sweep completed" goes on; undefined where that is not known. */
function longestWait(schedule: Read<DeployedSchedule>): number | undefined {
  if ('error' in schedule) return undefined;
  const gaps = sweepGaps(schedule.value.expression, schedule.value.timezone);
  return gaps && watchMinutes(gaps);
}

function sweepConcerns(last: LastSweep | null, waitMinutes: number | undefined, now: number): string[] {
  if (last === null) return ['no sweep finished within eight days'];
  const minutes = Math.floor((now - Date.parse(last.startedAt)) / MINUTE_MS);
  return [
    ...(waitMinutes !== undefined && minutes > waitMinutes
      ? [`no sweep has finished for ${minutes} min`]
      : []),
    ...whatWasWrong(last),
  ];
}

const GIVEN_UP = {
  stopped: 'somebody stopped the last sweep before it was over',
  'timed-out': 'the last sweep lasted too long and was given up',
} as const;

/** Workgroups that only wait for their turn are no trouble; where they wait for too long, an alarm is on. */
function whatWasWrong({ complete, counts, givenUp }: LastSweep): readonly string[] {
  if (givenUp) return [GIVEN_UP[givenUp]];
  if (complete || leftOut(counts) === 0) return [];
  return [`the last sweep was not complete: ${whatWasLeftOut(counts)}`];
}

function whatWasLeftOut({ notListed, waiting, deferred, failed }: LastSweep['counts']): string {
  const places = notListed - waiting;
  return [
    ...(places > 0 ? [`${counted(places, 'place')} not listed`] : []),
    ...(failed > 0 ? [`${counted(failed, 'session')} not looked at or ended`] : []),
    ...(deferred > 0 ? [`${counted(deferred, 'session')} left to the next sweep`] : []),
  ].join(', ');
}
