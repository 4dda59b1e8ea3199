import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { alarm } from '../../support/alarms.js';
import { CONFIGURATIONS } from '../../support/configurations.js';

test('an event that could not be put raises the alarm, where events are put at all', () => {
  expect(alarm('session-events-failed', CONFIGURATIONS['session events'])).toMatchObject({
    MetricName: 'SessionEventsFailed',
    Statistic: 'Sum',
    Period: 300,
    EvaluationPeriods: 1,
    Threshold: 1,
    TreatMissingData: 'notBreaching',
  });
  expect(alarm('session-events-failed')).toBeUndefined();
});

test('the runbook says what it means, how to look and what to do', () => {
  const runbook = readFileSync(new URL('../../../docs/runbook.md', import.meta.url), 'utf8');
  const section = runbook.split(/^## /m).find((part) => part.startsWith('session-events-failed\n'));
  expect(section).toMatch(/What it means\.[\s\S]*How to look\.[\s\S]*What to do\./);
});
