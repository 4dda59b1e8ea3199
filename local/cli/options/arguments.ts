/** Parsers of arguments: each refuses what it does not allow, and says what it allows. */
import { InvalidArgumentError } from 'commander';

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

/** An option that may be given several times: all its values, each once. */
export function collected(parse: (argument: string) => string) {
  return (argument: string, before: readonly string[] = []): readonly string[] => [
    ...new Set([...before, parse(argument)]),
  ];
}
