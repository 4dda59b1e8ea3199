import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SessionRecord } from '../../../lambda/contract/report.js';
import type { ReaperSettings } from '../../../lambda/contract/settings.js';
import { defaultBusIn } from '../../../lambda/events/event-bus.js';
import { SessionEvents } from '../../../lambda/events/session-events.js';
import { parseSettings } from '../../../lambda/settings/read-settings.js';
import { matchesPattern } from '../../support/event-bridge.js';
import { type BusTroubles, servedEventBus } from '../../support/event-bus.js';
import { hurryTime } from '../../support/hurried-time.js';
import { runs } from '../../support/property-share.js';
import { hostileRecord, recordOf } from '../../support/reports.js';

const ON = parseSettings({ notify: { sessionEvents: true } });
const REPORT = { startedAt: '2026-03-02T10:00:01.000Z', mode: 'terminate' } as const;
const ACCOUNT = { partition: 'aws', accountId: '111122223333' };

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'loopback-only');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

async function put(
  records: readonly SessionRecord[],
  troubles: BusTroubles = {},
  settings: ReaperSettings = ON,
) {
  const { taken } = await servedEventBus(troubles);
  const logged: unknown[] = [];
  const logger = { error: (message: string, fields: object) => logged.push([message, fields]) };
  const events = new SessionEvents({ settings, bus: defaultBusIn('eu-west-1'), logger });
  for (const record of records) events.observer.session?.(record);
  const failed = await events.put(REPORT, ACCOUNT, new AbortController().signal);
  const details = taken.map(({ Detail }): Record<string, unknown> => JSON.parse(Detail));
  return { taken, details, failed, logged };
}

describe('an event of a session', () => {
  const written = readFileSync(new URL('../../../docs/events.md', import.meta.url), 'utf8');
  const section = written.split(/^## /m).find((part) => part.startsWith('Events of sessions\n')) ?? '';
  const [documented, byOwner] = [...section.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) =>
    JSON.parse(json),
  );

  it('is the one that docs/events.md shows, and matches the pattern there', async () => {
    const { schemaVersion, mode, accountId, sweepStartedAt, exemptionCommand, guide, ...record } =
      documented.detail;
    const { taken } = await put([record]);
    const [{ Source, DetailType, Detail, Resources } = expect.fail('no event')] = taken;
    const event = {
      source: Source,
      'detail-type': DetailType,
      account: documented.account,
      region: documented.region,
      resources: Resources,
      detail: JSON.parse(Detail),
    };
    expect(event).toEqual(documented);
    expect(matchesPattern(byOwner, event)).toBe(true);
    expect(matchesPattern(byOwner, { ...event, detail: { owner: 'bob' } })).toBe(false);
  });

  it('is put for what ended or is due soon, and for nothing else', async () => {
    const outcomes = ['terminated', 'warned', 'failed', 'spared', 'deferred', 'would-terminate'] as const;
    const { taken, failed, logged } = await put(outcomes.map((outcome) => recordOf(outcome)));
    expect(taken.map(({ DetailType }) => DetailType)).toEqual(['Session ended', 'Session due soon']);
    expect({ failed, logged }).toEqual({ failed: 0, logged: [] });
  });

  it('is put once for a session that is said to be ending again and again, or accepted', async () => {
    const again = recordOf('terminated', { again: true, minutes: 33 });
    const accepted = [33, 38, 400].map((minutes) => recordOf('accepted', { minutes }));
    const { details } = await put([again, ...accepted]);
    expect(details).toEqual([expect.objectContaining({ outcome: 'accepted', minutes: 33 })]);
    expect(details[0]).not.toHaveProperty('again');
  });

  it('has no command where tags spare nothing, and the address of the guide where there is one', async () => {
    const guideUrl = 'https://wiki.example.com/sessions';
    const settings = parseSettings({
      tags: { enabled: false },
      notify: { sessionEvents: true, guideUrl },
    });
    const { details } = await put([recordOf('terminated')], {}, settings);
    expect(details[0]).toMatchObject({ guide: guideUrl });
    expect(details[0]).not.toHaveProperty('exemptionCommand');
  });

  it('is JSON whatever names and tags hold, with an ARN only where names are what AWS gives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostileRecord, { maxLength: 12 }), async (records) => {
        const { taken, details } = await put(records);
        const expected = records.filter(({ outcome }) => ['terminated', 'warned'].includes(outcome));
        expect(details.map(({ owner }) => owner)).toEqual(
          expect.arrayContaining(expected.map(({ owner }) => owner)),
        );
        for (const { Resources = [] } of taken) {
          for (const arn of Resources) expect(arn).toMatch(/^arn:aws:athena:[\w.:/-]+$/);
        }
      }),
      { numRuns: runs(10) },
    );
  });

  it('that cannot be put is counted and logged', async () => {
    hurryTime();
    const { failed, logged } = await put([recordOf('terminated')], { refuses: () => true });
    expect(failed).toBe(1);
    expect(logged).toEqual([['session events failed', { failed: 1, error: 'ThrottlingException: slow' }]]);
  });

  it('beyond those that a sweep holds is counted as not put', async () => {
    // A session that was said to be ending before takes its place without an event.
    const again = Array.from({ length: 9_999 }, () => recordOf('terminated', { again: true }));
    const warned = Array.from({ length: 4 }, () => recordOf('warned'));
    const { failed, taken, logged } = await put([...again, ...warned]);
    expect({ failed, taken: taken.length }).toEqual({ failed: 3, taken: 1 });
    expect(logged).toEqual([['session events failed', { failed: 3, error: 'too many' }]]);
  });

  it('keeps its place beside any number of sessions that have none', async () => {
    const spared = Array.from({ length: 10_000 }, () => recordOf('spared'));
    const { failed, taken } = await put([...spared, recordOf('warned')]);
    expect({ failed, taken: taken.length }).toEqual({ failed: 0, taken: 1 });
  });
});
