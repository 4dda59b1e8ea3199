import { describe, expect, it } from 'vitest';
import type { DueOutcome } from '../../../lambda/contract/outcomes.js';
import type { NotListed, SessionRecord } from '../../../lambda/contract/report.js';
import { DEFAULT_SETTINGS } from '../../../lambda/contract/settings.js';
import { type Decision, decisionOf } from '../../../lambda/policy/decision.js';
import { Tally } from '../../../lambda/reporting/tally.js';
import { textOptions } from '../../../lambda/reporting/texts.js';
import type { DueSession } from '../../../lambda/sweep/ending.js';
import { ProcessMemory } from '../../../lambda/sweep/process-memory.js';
import { RegionLedger } from '../../../lambda/sweep/region-ledger.js';
import { idleSession, NOW } from '../../support/sessions.js';

const REGION = 'eu-west-1';
const WEEK = 7 * 24 * 60;

/** A ledger, and all that it wrote down. */
function ledgerOf(memory = new ProcessMemory()) {
  const tally = new Tally([REGION], Math.random);
  const places: NotListed[] = [];
  const records: SessionRecord[] = [];
  const apart: unknown[] = [];
  const observer = {
    notListed: (item: NotListed) => void places.push(item),
    session: (record: SessionRecord) => void records.push(record),
    clocksApart: (item: unknown) => void apart.push(item),
  };
  const context = { tally, observer, memory, terminates: true, sweepIntervalMinutes: 5 };
  const sweep = {
    ...({ mode: 'terminate', startedAt: NOW, durationMs: 0, dpuHourPrice: 0.35 } as const),
    ...{ calls: { calls: 0, throttled: 0 }, texts: textOptions(DEFAULT_SETTINGS) },
  };
  return {
    ...{ ledger: new RegionLedger(REGION, context), places, records, apart },
    result: () => tally.result(sweep),
  };
}

const past = (minutes: number) =>
  decisionOf('idle-past-limit', 'default', { clock: 'idle-since', minutes: 30 + minutes, limitMinutes: 30 });
const due = (minutes: number): DueSession => ({
  session: idleSession({ minutes: 30 + minutes }),
  decision: past(minutes),
});

/** @param byListing what the listing says when tags are known. */
function ended(
  { ledger }: ReturnType<typeof ledgerOf>,
  one: DueSession,
  outcome: DueOutcome,
  { byListing = one.decision, decision = one.decision }: { byListing?: Decision; decision?: Decision } = {},
) {
  const ending = { session: one.session, decision, outcome, kind: decision.kind };
  ledger.ended(one, { ending, byListing, tagsUnreadable: false });
}

describe('a workgroup whose turn did not come', () => {
  it('waits where another one was listed, or is remembered, and otherwise was not listed', () => {
    const listing = { begunAt: 0, sessions: 0, idleMinutes: [], quietUntil: 0 };
    const reached = [
      () => undefined,
      (ledger: RegionLedger) => ledger.workgroupListed(2),
      (ledger: RegionLedger) => ledger.remembered(listing, 0),
    ].map((reach) => {
      const all = ledgerOf();
      reach(all.ledger);
      all.ledger.notReached(new Error('late'), 'etl');
      return all.places;
    });
    const place = { region: REGION, workGroup: 'etl', error: 'late' };
    expect(reached).toStrictEqual([
      [place],
      [{ ...place, kind: 'waiting' }],
      [{ ...place, kind: 'waiting' }],
    ]);
  });

  it('leaves the region unlisted, as a region does that cannot be listed at all', () => {
    const { ledger, places } = ledgerOf();
    expect(ledger.isWhole).toBe(true);
    ledger.notListed(new Error('down'));
    expect(ledger.isWhole).toBe(false);
    expect(places).toStrictEqual([{ region: REGION, error: 'down' }]);
  });
});

describe('clocks', () => {
  it('are apart by more than a minute', () => {
    const { ledger, apart, result } = ledgerOf();
    for (const offset of [0, 60_000, -60_000]) ledger.clock(offset);
    expect(apart).toEqual([]);
    ledger.clock(-60_600);
    expect(apart).toEqual([{ region: REGION, clockOffsetSeconds: -61 }]);
    expect(result().report.regions[0]?.clockOffsetSeconds).toBe(-61);
  });
});

describe('a session that is past its limit', () => {
  /** How long the oldest is overdue while a workgroup waits, for which one that was ended at once does not count. */
  const overdueOf = (outcomes: readonly DueOutcome[]) => {
    const memory = new ProcessMemory();
    return outcomes.map((outcome) => {
      const all = ledgerOf(memory);
      all.ledger.workgroupListed(2);
      all.ledger.notReached(new Error('late'), 'etl');
      ended(all, due(60), outcome);
      return all.result().oldestOverdue;
    });
  };

  it('is overdue while others wait, unless Athena says for the first time that it is ending', () => {
    expect(overdueOf(['terminated', 'terminated'])).toEqual([0, 3_600]);
    expect(overdueOf(['failed'])).toEqual([3_600]);
  });

  it('was ended before only where Athena said so', () => {
    const memory = new ProcessMemory();
    const again = (['failed', 'failed', 'terminated', 'terminated'] as const).map((outcome) => {
      const all = ledgerOf(memory);
      ended(all, due(60), outcome);
      return all.records[0]?.again;
    });
    expect(again).toEqual([undefined, undefined, undefined, true]);
  });

  it('is named as overdue from three sweeps on, by the longest of listing and look', () => {
    const overdue = ([listed, seen]: readonly [number, number]) => {
      const all = ledgerOf();
      ended(all, due(listed), 'deferred', { decision: past(seen) });
      return all.records[0]?.overdueMinutes;
    };
    const cases = [
      [15, 15],
      [15.1, 15.1],
      [40, 2],
      [2, 50],
    ] as const;
    expect(cases.map(overdue)).toEqual([undefined, 15.1, 40, 50]);
  });

  it.each([
    { pastLimit: WEEK, counted: 0 },
    { pastLimit: WEEK + 1, counted: 1 },
  ])('and exempt by tag is long exempt $pastLimit minutes past it: $counted', ({ pastLimit, counted }) => {
    const all = ledgerOf();
    const exempt = decisionOf('exempt-by-tag', 'tag a');
    ended(all, due(pastLimit), 'spared', { byListing: exempt, decision: exempt });
    const { report, oldestOverdue, idleAges } = all.result();
    expect({ counted: report.counts.longExempt, oldestOverdue, idleAges }).toEqual({
      ...{ counted, oldestOverdue: 0, idleAges: [] },
    });
  });

  it('and exempt by a rule is neither overdue nor counted as long exempt', () => {
    const all = ledgerOf();
    const exempt = decisionOf('exempt-by-rule', 'rules[0]');
    ended(all, due(2 * WEEK), 'spared', { byListing: exempt, decision: exempt });
    const { report, oldestOverdue, idleAges } = all.result();
    expect(report.counts.longExempt).toBe(0);
    expect({ oldestOverdue, idleAges }).toEqual({ oldestOverdue: 0, idleAges: [] });
    // What the listing showed of its time stays in the record.
    expect(all.records).toMatchObject([{ minutes: 2 * WEEK + 30, limitMinutes: 30 }]);
  });
});
