/** Instants as people read them. */
import { inWords } from './duration.js';

/** `2026-03-02 09:12:33 UTC` */
export function at(time: Date): string {
  return Number.isNaN(time.getTime())
    ? 'at no valid time'
    : `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** `2026-03-02 09:12:33 UTC, 12 min ago` */
export function ago(time: Date, now: Date): string {
  const minutes = minutesBetween(time, now);
  return `${at(time)}, ${minutes < 0 ? 'in the future' : `${inWords(minutes)} ago`}`;
}

/** Negative where `to` is before `from`. */
export function minutesBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 60_000;
}
