import { describe, expect, it } from 'vitest';
import type { NotListed } from '../../lambda/contract/report.js';
import { accountOf } from '../../lambda/host/host.js';
import { NothingSweptError } from '../../lambda/invocation.js';
import { Tally } from '../../lambda/reporting/tally.js';

function errorOf(places: readonly NotListed[]): NothingSweptError {
  const tally = new Tally([...new Set(places.map(({ region }) => region))], Math.random);
  for (const place of places) tally.notListed(place);
  const calls = { calls: 0, throttled: 0 };
  const sweep = { mode: 'report', startedAt: new Date(0), durationMs: 0, dpuHourPrice: 0.35, calls } as const;
  return new NothingSweptError(tally.result(sweep).report);
}

describe('the error of an invocation that could sweep nothing', () => {
  it('names each place and why', () => {
    const error = errorOf([
      { region: 'eu-west-1', error: 'refused' },
      { region: 'us-east-1', workGroup: 'etl', error: 'out of time' },
    ]);
    expect(error.name).toBe('NothingSweptError');
    expect(error.message).toBe('Nothing could be swept. eu-west-1: refused; etl: out of time');
  });

  it('is cut where it is long', () => {
    const { message } = errorOf(Array.from({ length: 40 }, () => ({ region: 'r', error: 'x'.repeat(300) })));
    expect(message).toHaveLength(2_000);
  });
});

describe('the account of a function', () => {
  it.each([
    ['arn:aws:lambda:eu-west-1:111122223333:function:reaper', 'aws', '111122223333'],
    ['arn:aws-cn:lambda:cn-north-1:222222222222:function:reaper:3', 'aws-cn', '222222222222'],
    ['reaper', 'aws', ''],
  ])('of %s is read from its ARN', (arn, partition, accountId) => {
    expect(accountOf(arn)).toEqual({ partition, accountId });
  });
});
