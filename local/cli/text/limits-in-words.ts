import { GLOB_KEY_NAMES } from '../../../lambda/contract/match-keys.js';
import type { Hours, ReaperSettings, Rule } from '../../../lambda/contract/settings.js';
import { inWords } from './duration.js';

/** The limits that settings give: those for all on one line, then a line for each rule. */
export function limitsInWords({ idleMinutes, stuck, rules }: ReaperSettings): string {
  const { degradedMinutes, creatingMinutes, createdMinutes, busyMinutes, maxAgeMinutes } = stuck;
  const named: readonly (readonly [string, number | undefined])[] = [
    ['idle', idleMinutes],
    ['degraded', degradedMinutes],
    ['creating', creatingMinutes],
    ['created', createdMinutes],
    ['busy', busyMinutes],
    ['age', maxAgeMinutes],
  ];
  const limits = named.flatMap(([name, minutes]) =>
    minutes === undefined ? [] : [`${name} ${inWords(minutes)}`],
  );
  return [limits.join(', '), ...rules.map((rule, index) => `  rules[${index}]: ${ruleInWords(rule)}`)].join(
    '\n',
  );
}

/** `description "dbt: *" and hours mon-fri 20:00-06:00 (Europe/Berlin): idle 1 h` */
export function ruleInWords(rule: Rule): string {
  const { hours } = rule.match;
  const globs = GLOB_KEY_NAMES.flatMap((key) => {
    const glob = rule.match[key];
    return glob === undefined ? [] : [`${key} "${glob}"`];
  });
  const matches = [...globs, ...(hours ? [`hours ${hoursInWords(hours)}`] : [])].join(' and ');
  return `${matches}: ${'idleMinutes' in rule ? `idle ${inWords(rule.idleMinutes)}` : 'exempt'}`;
}

function hoursInWords({ days, from, to, timezone }: Hours): string {
  const span = from === undefined ? [] : [`${from}-${to}`];
  return [...(days ? [days.join(', ')] : []), ...span, `(${timezone})`].join(' ');
}
