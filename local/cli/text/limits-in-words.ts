import type { ReaperSettings, Rule } from '../../../lambda/contract/settings.js';
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

/** `description "dbt: *": idle 1 h` */
export function ruleInWords(rule: Rule): string {
  const { workgroup, description } = rule.match;
  const matches = [
    ...(workgroup === undefined ? [] : [`workgroup "${workgroup}"`]),
    ...(description === undefined ? [] : [`description "${description}"`]),
  ].join(' and ');
  return `${matches}: ${'idleMinutes' in rule ? `idle ${inWords(rule.idleMinutes)}` : 'exempt'}`;
}
