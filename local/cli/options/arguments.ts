/** Parsers of arguments: each refuses what it does not allow, and says what it allows. */
import { InvalidArgumentError } from 'commander';
import { endOfExemption } from '../../../lambda/policy/tags.js';

/** A whole number from `min` to `max`. */
export function wholeNumber({ min, max }: { readonly min: number; readonly max: number }) {
  return (argument: string): number => {
    const value = Number(argument);
    if (/^\d+$/.test(argument) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Allowed: a whole number from ${min} to ${max}.`);
  };
}

/** Text that matches a pattern. */
export function matching({ regex, allowed }: { readonly regex: RegExp; readonly allowed: string }) {
  return (argument: string): string => {
    if (regex.test(argument)) return argument;
    throw new InvalidArgumentError(`Allowed: ${allowed}.`);
  };
}

const UNIT_MINUTES = { m: 1, h: 60, d: 1_440, w: 10_080 } as const;
/** A year: what lasts longer is meant to have no end. */
const LONGEST_MINUTES = 366 * UNIT_MINUTES.d;

/** A duration such as `90m`, `2h`, `3d` or `1w`, in minutes. */
export function duration(argument: string): number {
  const [, digits = '', unit = ''] = /^(\d{1,6})([mhdw])$/.exec(argument) ?? [];
  const minutes = Number(digits) * (isUnit(unit) ? UNIT_MINUTES[unit] : 0);
  if (minutes >= 1 && minutes <= LONGEST_MINUTES) return minutes;
  throw new InvalidArgumentError('Allowed: 1m to 366d, as a whole number and m, h, d or w.');
}

function isUnit(unit: string): unit is keyof typeof UNIT_MINUTES {
  return unit in UNIT_MINUTES;
}

/** An ISO date or time, as the tag that exempts takes it. */
export function exemptionEnd(argument: string): string {
  if (endOfExemption(argument)) return argument.trim();
  throw new InvalidArgumentError(
    'Allowed: a date such as 2026-12-24, or a time such as 2026-12-24T18:00:00Z.',
  );
}

/** An option that may be given several times: all its values, each once. */
export function collected(parse: (argument: string) => string) {
  return (argument: string, before: readonly string[] = []): readonly string[] => [
    ...new Set([...before, parse(argument)]),
  ];
}
