import { describe, expect, it } from 'vitest';
import type { NotListed } from '../../lambda/contract/report.js';
import { DEFAULT_SETTINGS } from '../../lambda/contract/settings.js';
import { NothingSweptError } from '../../lambda/invocation.js';
import { Tally } from '../../lambda/reporting/tally.js';
import { textOptions } from '../../lambda/reporting/texts.js';

function errorOf(places: readonly NotListed[]): NothingSweptError {
  const tally = new Tally([...new Set(places.map(({ region }) => region))], Math.random);
  for (const place of places) tally.notListed(place);
  const calls = { calls: 0, throttled: 0 };
  const sweep = { mode: 'report', startedAt: new Date(0), durationMs: 0, dpuHourPrice: 0.35, calls } as const;
  return new NothingSweptError(tally.result({ ...sweep, texts: textOptions(DEFAULT_SETTINGS) }).report);
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
