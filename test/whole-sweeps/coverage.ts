/** What simulated sweeps have met so far, so that a soak can say what it has tried and what it has not. */
import { COUNT_NAMES } from '../../lambda/contract/report.js';
import { LOG_MESSAGES } from '../../lambda/contract/telemetry.js';
import { FAULT_KINDS } from './scenario.js';
import type { Observation } from './simulation.js';

/** How often each thing was met. */
export type Coverage = Readonly<Record<string, number>>;

export const OUTCOME_NAMES = [...COUNT_NAMES.slice(COUNT_NAMES.indexOf('warned')), 'calls'] as const;

export const ENDING_NAMES = [
  'complete',
  'not complete',
  'nothing swept',
  'out of time',
  'report mode',
] as const;

export const EXPECTED = [...OUTCOME_NAMES, ...FAULT_KINDS, ...ENDING_NAMES] as const;

export function coverageOf(seen: Observation): Coverage {
  const summary = seen.lines.find(({ message }) => message === LOG_MESSAGES.sweep)?.fields;
  const counts = Object(summary?.counts);
  const outOfTime = seen.lines.some(({ fields }) => [fields.reason, fields.error].includes('out of time'));
  return {
    ...Object.fromEntries(OUTCOME_NAMES.map((name) => [name, Number(counts[name] ?? 0)])),
    ...Object.fromEntries(FAULT_KINDS.map((kind) => [kind, timesMet(seen, kind)])),
    calls: seen.exchanges.length,
    complete: seen.report?.complete === true ? 1 : 0,
    'not complete': seen.report?.complete === false ? 1 : 0,
    'nothing swept': seen.report ? 0 : 1,
    'out of time': outOfTime ? 1 : 0,
    'report mode': seen.settings.mode === 'report' ? 1 : 0,
  };
}

export function sum(a: Coverage, b: Coverage): Coverage {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...names].map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)]));
}

function timesMet({ faults }: Observation, kind: string): number {
  return faults.filter(({ what }) => what === kind).reduce((n, { befallen }) => n + befallen(), 0);
}
