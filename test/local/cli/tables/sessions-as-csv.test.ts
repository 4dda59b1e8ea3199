import { expect, test } from 'vitest';
import { sessionsAsCsv } from '../../../../local/cli/tables/sessions-as-csv.js';

test('what looks like a formula is text to a spreadsheet', () => {
  const csv = sessionsAsCsv([
    {
      verdict: 'kept',
      region: 'eu-west-1',
      workGroup: 'etl',
      sessionId: 'a',
      state: 'IDLE',
      rule: 'default',
      why: '=1+1',
    },
  ]);
  expect(csv).toContain("'=1+1");
});
