import { describe, expect, it } from 'vitest';
import { STARTED_BEFORE } from '../../../../lib/organization/expressions/other-executions.js';
import { evaluate } from '../../../support/organization/jsonata.js';

describe('an execution', () => {
  const arn = (name: string) => `arn:aws:states:eu-west-1:111122223333:execution:hub:${name}`;
  const at = (seconds: number) => `2026-03-02T10:00:0${seconds}.000Z`;
  const givesWayTo = (running: readonly (readonly [string, number])[]) =>
    evaluate(STARTED_BEFORE, {
      states: {
        context: { Execution: { Id: arn('own'), StartTime: at(5) } },
        result: { Executions: running.map(([name, s]) => ({ ExecutionArn: arn(name), StartDate: at(s) })) },
      },
    });

  it.each([
    [
      'another that runs already',
      [
        ['own', 5],
        ['a', 1],
      ],
      arn('a'),
    ],
    [
      'the other of two that started at once, if its ARN comes first',
      [
        ['own', 5],
        ['a', 5],
      ],
      arn('a'),
    ],
    [
      'no other of two that started at once, if its own ARN comes first',
      [
        ['own', 5],
        ['z', 5],
      ],
      null,
    ],
    [
      'none that started later',
      [
        ['own', 5],
        ['a', 6],
      ],
      null,
    ],
    ['none where it is alone', [['own', 5]], null],
    ['none where it is not even listed yet', [], null],
    [
      'one of several',
      [
        ['b', 2],
        ['a', 1],
        ['own', 5],
      ],
      arn('b'),
    ],
  ] as const)('gives way to %s', async (_, running, to) => {
    expect(await givesWayTo(running)).toBe(to);
  });
});
