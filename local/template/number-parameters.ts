/** Settings that are numbers and that the template takes as parameters. */
import { RANGES } from '../../lambda/contract/settings.js';
import type { ReaperConfig } from '../../lib/config/config.js';
import { holds } from './placeholders.js';
import type { Parameter } from './template.js';

export interface NumberParameter {
  readonly name: string;
  readonly setting: 'idleMinutes' | 'maxTerminationsPerSweep' | 'dpuHourPrice';
  readonly description: string;
  /** As the settings have it: the default. */
  readonly given: number;
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
}

export function numberParameters(config: ReaperConfig): readonly NumberParameter[] {
  const { idleMinutes, warnMinutes, maxTerminationsPerSweep, dpuHourPrice } = config;
  return [
    {
      name: 'IdleMinutes',
      setting: 'idleMinutes',
      description: 'Idle sessions are ended after this many minutes, a whole number',
      given: idleMinutes,
      ...RANGES.limitMinutes,
      // With a shorter limit, the warnings that the settings ask for could not be given.
      min: Math.max(RANGES.limitMinutes.min, warnMinutes > 0 ? warnMinutes + 1 : 0),
    },
    {
      name: 'MaxTerminationsPerSweep',
      setting: 'maxTerminationsPerSweep',
      description:
        'A sweep ends no more sessions than this, a whole number; the rest waits for the next sweep',
      given: maxTerminationsPerSweep,
      ...RANGES.maxTerminationsPerSweep,
    },
    {
      name: 'DpuHourPrice',
      setting: 'dpuHourPrice',
      description: 'US dollars for one DPU-hour, for the estimate of what was saved',
      given: dpuHourPrice,
      ...RANGES.dpuHourPrice,
    },
  ];
}

export function asParameter({ description, given, min, max }: NumberParameter): Parameter {
  return { Type: 'Number', Description: description, Default: given, MinValue: min, MaxValue: max };
}

/** A number in the range that a text does not hold. */
export function unusedNumber({ min, max, integer }: NumberParameter, text: string): number {
  const step = integer ? 1 : 0.01;
  for (let number = max - step; number >= min; number = Number((number - step).toFixed(2))) {
    if (!holds(text, String(number))) return number;
  }
  throw new RangeError(`Every number from ${min} to ${max} is in the template`);
}
