/** What simulated sweeps have met so far, so that a soak can say what it has tried and what it has not. */
import { REASONS } from '../../lambda/contract/reasons.js';
import { COUNT_NAMES } from '../../lambda/contract/report.js';
import { LOG_MESSAGES } from '../../lambda/contract/telemetry.js';
import { WORLD_ANSWERS } from '../../local/athena/index.js';
import { sessionLines } from './play/observed.js';
import { FAULT_KINDS } from './play/scenario.js';
import type { Observation } from './play/simulation.js';

/** How often each thing was met. */
export type Coverage = Readonly<Record<string, number>>;

/** Kinds that listing decides by, of sessions that are no more than counted. */
const NEVER_IN_A_RECORD: readonly string[] = ['inactive', 'no-limit'];

/** Everything that a soak should meet, by what it is about. */
export const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'sessions and calls': [...COUNT_NAMES, 'calls'],
  kinds: Object.keys(REASONS).filter((kind) => !NEVER_IN_A_RECORD.includes(kind)),
  'faults met': FAULT_KINDS,
  worlds: Object.entries(WORLD_ANSWERS).flatMap(([name, answers]) =>
    answers.map((answer) => `${name}=${answer}`),
  ),
  sweeps: ['complete', 'not complete', 'nothing swept', 'out of time', 'report mode'],
};

export function coverageOf(seen: Observation): Coverage {
  const summary = seen.lines.find(({ message }) => message === LOG_MESSAGES.sweep)?.fields;
  const counts = Object(summary?.counts);
  const outOfTime = seen.lines.some(({ fields }) => [fields.reason, fields.error].includes('out of time'));
  return tally([
    ...COUNT_NAMES.map((name) => [name, Number(counts[name] ?? 0)] as const),
    ...sessionLines(seen).map(({ kind }) => [kind, 1] as const),
    ...seen.faults.map(({ what, struck }) => [what, struck()] as const),
    ...Object.entries(seen.scenario.world).map(([name, answer]) => [`${name}=${answer}`, 1] as const),
    ['calls', seen.exchanges.length],
    ['complete', seen.report?.complete === true ? 1 : 0],
    ['not complete', seen.report?.complete === false ? 1 : 0],
    ['nothing swept', seen.report ? 0 : 1],
    ['out of time', outOfTime ? 1 : 0],
    ['report mode', seen.settings.mode === 'report' ? 1 : 0],
  ]);
}

export function sum(...coverages: readonly Coverage[]): Coverage {
  return tally(coverages.flatMap((coverage) => Object.entries(coverage)));
}

/** What should have been met and was not. */
export function neverMet(coverage: Coverage): readonly string[] {
  return Object.values(EXPECTED)
    .flat()
    .filter((name) => !coverage[name]);
}

function tally(met: readonly (readonly [name: string, times: number])[]): Coverage {
  const total = new Map<string, number>();
  for (const [name, times] of met) total.set(name, (total.get(name) ?? 0) + times);
  return Object.fromEntries(total);
}
