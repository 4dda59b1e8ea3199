import { expect, test } from 'vitest';
import { decide } from '../../lambda/policy/decide.js';
import { limitsFor } from '../../lambda/policy/limits.js';
import { SESSION_STATES } from '../../lambda/policy/session.js';
import { limitsTable } from '../../tools/limits-table.js';
import { minutesAgo, NOW, session, settings } from '../support/sessions.js';

const rows = limitsTable()
  .split('\n')
  .flatMap((line) => {
    const [, state, limit, , instant, maxAge] = line.split('|').map((cell) => cell.trim());
    return SESSION_STATES.some((known) => known === state) ? [{ state, limit, instant, maxAge }] : [];
  });
const withLimit = rows.filter(({ instant }) => instant !== '–');

const LONG_AGO = { idleSince: minutesAgo(500), lastModifiedAt: minutesAgo(500), startedAt: minutesAgo(500) };
const NOW_INSTANTS = { idleSince: NOW, lastModifiedAt: NOW, startedAt: NOW };
const MEMBERS = new Map([
  ['`IdleSinceDateTime`', 'idleSince'],
  ['`LastModifiedDateTime`', 'lastModifiedAt'],
  ['`StartDateTime`', 'startedAt'],
]);

test('the table of limits has a row for each state', () => {
  expect(rows.map(({ state }) => state).toSorted()).toEqual(SESSION_STATES.toSorted());
  expect(withLimit.map(({ state }) => state)).toEqual(['IDLE', 'DEGRADED', 'CREATING', 'CREATED', 'BUSY']);
});

test.each(withLimit)('$state is due by $limit, counted from $instant as the table says', (row) => {
  const member = MEMBERS.get(row.instant ?? '') ?? '';
  const limit = row.limit?.replaceAll('`', '') ?? '';
  const key = limit.replace('stuck.', '');
  const limits = settings(limit === 'idleMinutes' ? { idleMinutes: 60 } : { stuck: { [key]: 60 } });
  const decideWith = (instants: typeof LONG_AGO) => {
    const judged = session({ state: row.state, ...instants });
    return decide(judged, limitsFor(judged, limits, NOW), NOW).action;
  };

  expect(decideWith(LONG_AGO)).toBe('terminate');
  expect(decideWith({ ...LONG_AGO, [member]: NOW })).toBe('keep');
});

test.each(rows)('the maximum age holds for $state where the table says so', ({ state, maxAge }) => {
  const judged = session({ state, ...NOW_INSTANTS, startedAt: minutesAgo(500) });
  const limits = limitsFor(judged, settings({ stuck: { maxAgeMinutes: 60 } }), NOW);

  expect(decide(judged, limits, NOW).action === 'terminate').toBe(maxAge === 'holds too');
});
