/** What alarms have in common that look for bad sweeps in a row. */
import { Duration } from 'aws-cdk-lib';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { SweepTiming } from '../schedule/sweep-timing.js';
import type { AlarmSpecification } from './alarm-specification.js';
import { evaluationDelayMinutes } from './cloudwatch-delay.js';
import { type InARow, inARow } from './in-a-row.js';
import { timeInWords } from './time-in-words.js';

export interface BadSweeps {
  /** @param statistic the one by which a period is bad only where each sweep in it was. */
  view(statistic: 'Minimum' | 'Maximum'): { readonly statistic: string; readonly period: Duration };
  /** For how long sweeps have to be bad, in words, e.g. `for 15 minutes`. */
  readonly lasting: string;
  /** How soon CloudWatch says so, in a sentence. */
  readonly within: string;
  /** @param predicate what bad sweeps did, e.g. `left out regions`. */
  meaning(predicate: string): string;
  readonly evaluation: Pick<
    AlarmSpecification,
    'evaluationPeriods' | 'datapointsToAlarm' | 'treatMissingData'
  >;
}

/** @param gapsInPeriod see {@link inARow}. */
export function badSweeps({ times }: Pick<SweepTiming, 'times'>, gapsInPeriod = 1): BadSweeps {
  const row = inARow(times, gapsInPeriod);
  const { periodMinutes, evaluationPeriods, datapointsToAlarm, delayMinutes } = row;
  const lasts = evaluationPeriods * periodMinutes;
  const said = timeInWords(delayMinutes + evaluationDelayMinutes(lasts));
  const within = `CloudWatch says so within ${said} of the first.`;
  return {
    view: (statistic) => ({ statistic, period: Duration.minutes(periodMinutes) }),
    lasting: isRow(row) ? `for ${timeInWords(lasts)}` : `on ${datapointsToAlarm} days of a week`,
    within,
    meaning: (predicate) => `${sweepsInWords(row)} ${predicate}. ${within}`,
    evaluation: {
      evaluationPeriods,
      datapointsToAlarm,
      // While the schedule pauses, what the last sweeps showed still holds; nobody is called again each morning.
      treatMissingData: isRow(row) ? TreatMissingData.IGNORE : TreatMissingData.NOT_BREACHING,
    },
  };
}

function isRow({ datapointsToAlarm, evaluationPeriods }: InARow): boolean {
  return datapointsToAlarm === evaluationPeriods;
}

function sweepsInWords(row: InARow): string {
  if (isRow(row)) return 'At least three sweeps in a row';
  const count = ['', 'A sweep', 'Two sweeps', 'Three sweeps'][row.datapointsToAlarm];
  return `${count} within a week`;
}
