/** Whom a day of sweeps writes to, and how often. */
import { describe, expect, it } from 'vitest';
import { DrivenClock, systemClock } from '../../local/athena/index.js';
import { ACCOUNT, servedAthena, sweepAt } from '../support/athena.js';

const INTERVAL = 240;
const SWEEPS_A_DAY = (24 * 60) / INTERVAL;

async function days(count: number, prepare: (served: Awaited<ReturnType<typeof servedAthena>>) => void) {
  const clock = new DrivenClock(new Date('2026-03-02T09:00:00Z'));
  const served = await servedAthena({ clock, dateClock: systemClock });
  served.region.createWorkgroup({ name: 'etl' });
  prepare(served);
  const reports = [];
  for (let n = 0; n < count * SWEEPS_A_DAY; n += 1) {
    const options = { clock: () => clock.now(), ...ACCOUNT };
    const { report } = await sweepAt(served.url, { sweepIntervalMinutes: INTERVAL }, options);
    reports.push(report);
    await clock.advance(INTERVAL * 60_000);
  }
  return reports;
}

describe('days of sweeps', () => {
  it('write once a day about a session that cannot be ended, and name it in no other digest', async () => {
    let failing = '';
    const reports = await days(3, ({ athena, region }) => {
      failing = region.putSession({ workGroup: 'etl', minutesInState: 35 });
      athena.script({ kind: 'error', code: 'AccessDeniedException', operation: 'TerminateSession' });
    });
    const mails = reports.filter(({ counts }) => counts.news > 0);
    expect(reports.every(({ counts }) => counts.failed === 1)).toBe(true);
    expect(mails).toHaveLength(3);
    expect(mails.map(({ startedAt }) => startedAt)).toEqual(
      ['02', '03', '04'].map((day) => `2026-03-${day}T09:00:00.000Z`),
    );
    for (const { counts, digest } of reports) {
      expect(digest.some((line) => line.includes(`Failed: session ${failing} `))).toBe(counts.news > 0);
    }
  }, 60_000);

  it('write once about a session that ended, and name the owner and the command that would have spared it', async () => {
    const reports = await days(1, ({ region }) => {
      region.putSession({ workGroup: 'etl', minutesInState: 10, tags: { owner: 'ada' } });
    });
    const mails = reports.filter(({ counts }) => counts.news > 0);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.digest.join('\n')).toMatch(
      /^Owner: ada\nEnded: session (\S+) .* This would have spared it: aws athena tag-resource .*\/session\/\1 /m,
    );
  }, 60_000);
});
