import { expect, it } from 'vitest';
import { logPie, logWhole } from '../../../../../local/simulation/page/widgets/log-widget.js';

const columns = ['state', 'sessions'];

it('a share that is the whole is a number, not a ring', () => {
  const { text } = logWhole({ columns, rows: [{ state: 'TERMINATING', sessions: 56 }] });
  expect(text).toContain('<strong>56</strong><span>all of them TERMINATING</span>');
});

it('several shares have a legend with their numbers', () => {
  const rows = [
    { state: 'TERMINATING', sessions: 56 },
    { state: 'IDLE', sessions: 1 },
  ];
  const labels = logPie({ columns, rows }).legend?.map(({ label }) => label);
  expect(labels).toEqual(['TERMINATING · 56', 'IDLE · 1']);
});
