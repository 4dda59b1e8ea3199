import { describe, expect, test } from 'vitest';
import type { ReaperConfigInput } from '../../../lib/config/config.js';
import { organizationQueries } from '../../../lib/organization/queries.js';
import { withValues } from '../../../local/template/intrinsics.js';
import { fieldsOf } from '../../support/logs-insights.js';
import { startHub } from '../../support/organization/hub.js';
import { ACCOUNT, HUB, resource } from '../../support/organization/templates.js';
import { synthesized } from '../../support/synthesis.js';

describe('the widgets and saved queries', () => {
  test('read only fields that real log lines of a hub have', async () => {
    const hub = await startHub({ accounts: [ACCOUNT, '222222222222'], refusing: ['222222222222'] });
    for (const accountId of [ACCOUNT, '222222222222'])
      await hub.handle({ target: { accountId, region: 'us-east-1' } });
    const startedAt = new Date().toISOString();
    await hub.handle({ summarize: { startedAt, targets: 2, figures: { swept: 1, notSwept: 1 } } });
    await hub.close();

    const fields = organizationQueries().flatMap(({ lines }) => fieldsOf(lines.join('\n')));
    expect(fields.length).toBeGreaterThan(5);
    for (const field of fields)
      expect(
        hub.lines.some((line) => field in line),
        field,
      ).toBe(true);
  });

  test('are on the dashboard of a hub and on no other', () => {
    const body = (config: ReaperConfigInput) =>
      String(withValues(resource(synthesized(config), 'AWS::CloudWatch::Dashboard')?.DashboardBody));
    for (const title of [
      'Which accounts fail?',
      'Which accounts take longest?',
      'Do sweeps of the organization succeed?',
    ]) {
      expect(body(HUB)).toContain(title);
      expect(body({})).not.toContain(title);
    }
  });
});
