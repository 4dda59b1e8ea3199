import { readFileSync } from 'node:fs';
import { Match } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { HUB } from '../../support/organization/templates.js';
import { synthesized } from '../../support/synthesis.js';

test('a sweep of the organization that fails raises an alarm, and the runbook says what to do', () => {
  const runbook = readFileSync(new URL('../../../docs/runbook.md', import.meta.url), 'utf8');
  synthesized(HUB).hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmName: 'AthenaSessionReaper-organization-sweep-failed',
    Threshold: 1,
    Metrics: Match.arrayWith([
      // Step Functions gives none of the three a point while nothing of its kind happens.
      Match.objectLike({ Expression: 'FILL(failed, 0) + FILL(timedOut, 0) + FILL(aborted, 0)' }),
    ]),
  });
  const section = runbook.split(/^## /m).find((part) => part.startsWith('organization-sweep-failed\n'));
  expect(section).toMatch(/What it means\.[\s\S]*How to look\.[\s\S]*What to do\./);
});
