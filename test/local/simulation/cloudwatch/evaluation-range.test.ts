import { describe, expect, it } from 'vitest';
import { type Datapoint, stateByRange } from '../../../../local/simulation/cloudwatch/evaluation-range.js';

const TREATMENTS = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;

/** The states for each treatment; `X` breaches, `0` does not, `-` is missing. */
function states(range: string, datapointsToAlarm: number) {
  const datapoints = range
    .split(' ')
    .map((point): Datapoint => (point === '-' ? undefined : point === 'X' ? 'breaching' : 'fine'));
  return TREATMENTS.map((treatMissingData) =>
    stateByRange(datapoints, { evaluationPeriods: 3, datapointsToAlarm, treatMissingData }),
  );
}

describe("an alarm of three out of three data points, by the table of CloudWatch's guide,", () => {
  it.each([
    ['0 - X - X', ['OK', 'OK', 'OK', 'OK']],
    ['0 - - - -', ['OK', 'OK', 'OK', 'OK']],
    ['- - - - -', ['INSUFFICIENT_DATA', undefined, 'ALARM', 'OK']],
    ['0 X X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['- - X - -', ['ALARM', undefined, 'ALARM', 'OK']],
    // Not in the table but in the text below it, on transitions that would be premature.
    ['- - - X -', [undefined, undefined, 'ALARM', 'OK']],
    ['- - - - X', [undefined, undefined, 'ALARM', 'OK']],
  ] as const)(
    'after %s is in the state for missing, ignore, breaching and notBreaching',
    (range, expected) => {
      expect(states(range, 3)).toEqual(expected);
    },
  );
});

describe('an alarm of two out of three data points, by the next table of the guide,', () => {
  it.each([
    ['0 - X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0 0 X 0 X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0 - X - -', ['OK', 'OK', 'ALARM', 'OK']],
    ['- - - - 0', ['OK', 'OK', 'ALARM', 'OK']],
    ['- - - X -', ['ALARM', undefined, 'ALARM', 'OK']],
    ['X X 0 0 X', ['OK', 'OK', 'OK', 'OK']],
  ] as const)(
    'after %s is in the state for missing, ignore, breaching and notBreaching',
    (range, expected) => {
      expect(states(range, 2)).toEqual(expected);
    },
  );
});
