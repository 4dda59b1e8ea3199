import fc from 'fast-check';
import pc from 'picocolors';
import { expect, test } from 'vitest';
import type { SessionRow } from '../../../../local/cli/tables/session-row.js';
import { sessionTable } from '../../../../local/cli/tables/session-table.js';
import { runs } from '../../../support/property-share.js';

const colours = pc.createColors(false);

const word = (maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...'abcxyz0189._-'), minLength: 1, maxLength });

const row = fc.record<SessionRow>({
  verdict: fc.constantFrom('terminated', 'spared', 'kept', 'unknown', 'failed'),
  region: fc.constantFrom('eu-west-1', 'ap-southeast-2'),
  workGroup: word(128),
  sessionId: fc.uuid(),
  state: fc.constantFrom('IDLE', 'TERMINATING', 'DEGRADED'),
  idleMinutes: fc.double({ min: 0, max: 20_000, noNaN: true }),
  limitMinutes: fc.integer({ min: 1, max: 10_080 }),
  rule: fc.constant('default'),
  why: fc.array(word(60), { minLength: 1, maxLength: 12 }).map((words) => words.join(' ')),
});

test('every session is in the table once with its id whole, and no line is longer than the terminal', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(row, { minLength: 1, maxLength: 8, selector: ({ sessionId }) => sessionId }),
      fc.integer({ min: 80, max: 240 }),
      fc.boolean(),
      (rows, columns, withReturnedState) => {
        const lines = sessionTable(rows, { columns, colours, withReturnedState }).split('\n');
        expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(columns);
        for (const { sessionId } of rows) {
          expect(lines.filter((line) => line.includes(sessionId))).toHaveLength(1);
        }
      },
    ),
    { numRuns: runs(200) },
  );
});

test('on 100 columns a line is whole where the widest of every column meet', () => {
  const row = (sessionId: string, state: string, workGroup: string): SessionRow => {
    const why = 'idle past its limit';
    const where = { region: 'eu-west-1', workGroup, sessionId, state };
    return { verdict: 'terminated', rule: 'default', limitMinutes: 30, idleMinutes: 70, why, ...where };
  };
  const ids = ['00000000-0000-1000-8000-000000000000', '00000000-0000-1000-8000-000000000001'];
  const rows = ids.map((id, n) => row(id, n === 0 ? 'IDLE' : 'TERMINATING', 'a-workgroup-of-24-letters'));
  const lines = sessionTable(rows, { columns: 100, colours, withReturnedState: false }).split('\n');
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(100);
  for (const id of ids) expect(lines.filter((line) => line.includes(id))).toHaveLength(1);
});

test('an id of any length stays whole', () => {
  const [sample] = fc.sample(row, { numRuns: 1, seed: 1 });
  const sessionId = 'x'.repeat(256);
  const rows = sample ? [{ ...sample, sessionId }] : [];
  for (const withReturnedState of [true, false]) {
    expect(sessionTable(rows, { columns: 80, colours, withReturnedState })).toContain(sessionId);
  }
});
