/** The hours of a rule, by the clock of their time zone. */
import { DAYS, type Day, type Hours } from '../contract/settings.js';

const MIDNIGHT = '00:00';

/**
 * Whether the hours hold at an instant. `from` belongs to them and `to` does not. Where `to` is not after `from`, they
 * go on past midnight: a day in `days` is the one on which they begin.
 */
export function hoursHold(
  { days = DAYS, from = MIDNIGHT, to = MIDNIGHT, timezone }: Hours,
  now: Date,
): boolean {
  const { day, time } = localTime(now, timezone);
  const isOn = (one: Day | undefined) => days.some((listed) => listed === one);
  if (from < to) return isOn(day) && time >= from && time < to;
  return (isOn(day) && time >= from) || (isOn(dayBefore(day)) && time < to);
}

function dayBefore(day: Day | undefined): Day | undefined {
  return day && DAYS.at(DAYS.indexOf(day) - 1);
}

/** The day, and the time as `HH:MM`, in a time zone. */
export function localTime(
  now: Date,
  timezone: string,
): { readonly day: Day | undefined; readonly time: string } {
  const parts = formatIn(timezone).formatToParts(now);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? '';
  const weekday = part('weekday').toLowerCase();
  return { day: DAYS.find((day) => day === weekday), time: `${part('hour')}:${part('minute')}` };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one takes as long as a hundred uses of it. */
function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(timeZone, made);
  return made;
}
