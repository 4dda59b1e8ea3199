/** How a session ended, as far as it is known. */
import type { SessionDetail } from '../../../lambda/policy/session.js';
import type { LoggedEnding, LoggedRecord } from '../../deployment/session-ending.js';
import type { Read } from '../../deployment/status.js';
import { inWords } from './duration.js';
import { ago, at } from './instant.js';

/** @param logged what the reaper's log says; missing where nobody asked for it. */
export function endingLines(
  { endedAt, stateChangeReason }: SessionDetail,
  now: Date,
  logged: Read<LoggedEnding> | undefined,
): readonly string[] {
  return [
    `Ended          ${endedAt ? ago(endedAt, now) : 'Athena does not say when'}`,
    `Athena says    ${stateChangeReason ?? 'nothing of why'}`,
    ...(stateChangeReason === undefined ? [] : [`               ${SAME_FOR_ALL}`]),
    `This reaper    ${reaperText(logged)}`,
  ];
}

const SAME_FOR_ALL = 'Athena gives one reason for a manual stop, an idle timeout and a reaper.';

function reaperText(logged: Read<LoggedEnding> | undefined): string {
  if (logged === undefined) return 'its log was not asked: --deployed reads it';
  if ('error' in logged) return `its log could not be read: ${logged.error}`;
  const { value } = logged;
  switch (value.kind) {
    case 'ended':
      return endedText(value.record);
    case 'not ended': {
      const { sweepBefore, sweepAfter, last } = value;
      const around = `its log has sweeps at ${at(sweepBefore)} and ${at(sweepAfter)}, and no end of this session`;
      return `did not end it: ${around}${last ? `; last, ${last.outcome} at ${at(last.at)}, ${last.reason}` : ''}`;
    }
    case 'not covered':
      return value.missing === 'after'
        ? 'not known: no sweep has finished since, so that the log may not have it yet'
        : 'not known: its log does not go back to before the end';
  }
}

/** The reaper's own record of an end. */
export function endedText({ at: time, reason, minutes, limitMinutes, rule, outcome }: LoggedRecord): string {
  const ended = outcome === 'accepted' ? 'asked Athena to end it' : 'ended it';
  return `${ended} at ${at(time)}: ${reason}, for ${inWords(minutes)} (limit ${inWords(limitMinutes)}, ${rule})`;
}
