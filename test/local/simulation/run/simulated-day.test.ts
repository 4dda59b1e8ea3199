import { beforeAll, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../../lambda/contract/durations.js';
import { endedWhileBusy } from '../../../../local/simulation/run/ended-by.js';
import type { SessionLife } from '../../../../local/simulation/run/session-life.js';
import { type SimulatedDay, simulateDay } from '../../../../local/simulation/run/simulated-day.js';

/** Sweeps rarely, so that the tests take little time. */
const CONFIG = { schedule: 'rate(1 hour)', stuck: { degradedMinutes: 30, creatingMinutes: 30 } };

const OPTIONS = { profile: 'team', seed: 7, hours: 17, config: CONFIG } as const;

let day: SimulatedDay;
beforeAll(async () => {
  day = await simulateDay(OPTIONS);
});

describe('a simulated day', () => {
  it('has people whose sessions are ended by the reaper, by themselves and by their owners', () => {
    const endedBy = new Set(day.withReaper.lives.map(({ end }) => end?.by));
    expect(endedBy).toEqual(new Set(['reaper', 'own idle timeout', 'owner', undefined]));
  });

  it('has the same people with the reaper and without', () => {
    const plansOf = (lives: readonly SessionLife[]) => new Set(lives.map(({ plan }) => plan));
    expect(plansOf(day.withReaper.lives)).toEqual(plansOf(day.without.lives));
    expect(day.without.lives.some(({ end }) => end?.by === 'reaper')).toBe(false);
  });

  it('never sees a session ended while a calculation runs in it', () => {
    expect(endedWhileBusy(day.withReaper)).toEqual([]);
  });

  it('sees each idle session ended after its limit, and by the sweep after it', () => {
    const ended = day.withReaper.lives.filter(({ end }) => end?.by === 'reaper' && end.from === 'IDLE');
    for (const { end, phases } of ended) {
      const idleSince = phases.findLast(({ state }) => state === 'IDLE')?.from ?? Number.NaN;
      const idleMinutes = ((end?.at ?? Number.NaN) - idleSince) / MINUTE_MS;
      expect(idleMinutes).toBeGreaterThanOrEqual(30);
      expect(idleMinutes).toBeLessThan(90);
    }
    expect(ended.length).toBeGreaterThan(10);
  });

  it('ends stuck sessions, and leaves alone those that a tag exempts', () => {
    const endedFrom = new Set(day.withReaper.lives.map(({ end }) => end?.from));
    expect(endedFrom).toContain('DEGRADED');
    expect(endedFrom).toContain('CREATING');
    const exempt = day.withReaper.lives.filter(({ plan }) => plan.session.tags?.['session-reaper:exempt']);
    expect(exempt.map(({ end }) => end)).toEqual([undefined]);
  });

  it('measures what was saved, and accounts for every difference from the estimate', () => {
    const { measured, estimate, without, with: left, differences } = day.saved;
    expect(measured).toBeGreaterThan(0.2 * without);
    expect(measured).toBeCloseTo(without - left);
    const explained = Object.values(differences).reduce((sum, part) => sum + part, 0);
    expect(explained).toBeCloseTo(measured - estimate);
    expect(Math.abs(differences.rest)).toBeLessThan(0.1);
  });

  it('reports the estimate that the sweeps reported', () => {
    const reported = day.withReaper.sweeps.map((sweep) =>
      sweep.kind === 'ran' ? (sweep.report?.saved.dpuHours ?? 0) : 0,
    );
    expect(day.saved.estimate).toBeCloseTo(
      reported.reduce((sum, dpuHours) => sum + dpuHours, 0),
      1,
    );
  });
});

describe('a seed', () => {
  it('gives the same day each time', async () => {
    const night = { ...OPTIONS, profile: 'dbt', hours: 3 } as const;
    const [once, again] = [await simulateDay(night), await simulateDay(night)];
    expect(once.withReaper.lives.some(({ end }) => end?.by === 'reaper')).toBe(true);
    expect(allOf(again)).toBe(allOf(once));
  });
});

/** Everything that a day comes to, as text: lives, reports and what was saved. */
function allOf({ withReaper, without, saved }: SimulatedDay): string {
  const reports = withReaper.sweeps.map((sweep) => {
    if (sweep.kind === 'refused' || !sweep.report) return sweep.at;
    const sessions = sweep.report.sessions.toSorted((a, b) => a.sessionId.localeCompare(b.sessionId));
    return { ...sweep.report, sessions };
  });
  return JSON.stringify([withReaper.lives, without.lives, withReaper.foundEnded, reports, saved]);
}
