import fc from 'fast-check';
import pc from 'picocolors';
import { expect, test } from 'vitest';
import { exemptionTable } from '../../../../local/cli/tables/exemption-table.js';
import type { StandingExemption } from '../../../../local/exemption/standing.js';
import { runs } from '../../../support/property-share.js';

const colours = pc.createColors(false);
const time = fc.date({
  min: new Date('2023-01-01T00:00Z'),
  max: new Date('2099-12-31T00:00Z'),
  noInvalidDate: true,
});
const text = (maxLength: number) => fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength });

const exemption = fc.record<StandingExemption>(
  {
    region: fc.constantFrom('eu-west-1', 'ap-southeast-2'),
    workGroup: text(128),
    sessionId: fc.uuid(),
    startedAt: time,
    until: time,
    by: fc.array(text(60), { minLength: 1, maxLength: 8 }).map((words) => words.join(' ')),
  },
  { requiredKeys: ['region', 'workGroup', 'by', 'sessionId'] },
);
const exemptions = fc.uniqueArray(exemption, {
  minLength: 1,
  maxLength: 8,
  selector: (each) => each.sessionId,
});

test('from 100 columns on an exemption is one line that fits, with its id whole', () => {
  fc.assert(
    fc.property(exemptions, fc.integer({ min: 100, max: 300 }), (all, columns) => {
      const [, ...lines] = exemptionTable(all, { columns, colours }).split('\n');
      expect(lines).toHaveLength(all.length);
      expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(columns);
      for (const [index, { sessionId }] of all.entries()) expect(lines[index]).toContain(sessionId);
    }),
    { numRuns: runs(100) },
  );
});

test('below that an id is whole on a line of its own, where one line does not fit', () => {
  fc.assert(
    fc.property(exemptions, fc.integer({ min: 60, max: 99 }), (all, columns) => {
      const lines = exemptionTable(all, { columns, colours }).split('\n');
      for (const { sessionId = '' } of all) {
        expect(lines.filter((line) => line.includes(sessionId))).toHaveLength(1);
      }
    }),
    { numRuns: runs(100) },
  );
});

const SAMPLE = {
  region: 'eu-west-1',
  workGroup: 'analytics',
  sessionId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  startedAt: new Date('2026-03-02T09:00Z'),
  by: 'tag session-reaper:exempt=true on session',
} as const;

test.each([
  [
    130,
    'EXEMPT UNTIL  STARTED               REGION AND WORKGROUP  SESSION                               BY',
    'no end        2026-03-02 09:00 UTC  eu-west-1 analytics   3f2504e0-4f89-41d3-9a0c-0305e82c3301  tag session-r … pt=true on session',
  ],
  [
    100,
    'EXEMPT UNTIL  REGION AND WORKGROUP  SESSION                               BY',
    'no end        eu-west-1 analytics   3f2504e0-4f89-41d3-9a0c-0305e82c3301  tag sessio … ue on session',
  ],
])('on %d columns what has no room is shortened or left out', (columns, titles, line) => {
  expect(exemptionTable([SAMPLE], { columns, colours }).split('\n')).toEqual([titles, line]);
});

test('an id of any length stays whole', () => {
  const sessionId = 'x'.repeat(256);
  for (const columns of [60, 100]) {
    expect(exemptionTable([{ ...SAMPLE, sessionId }], { columns, colours })).toContain(sessionId);
  }
});
