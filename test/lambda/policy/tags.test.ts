import { describe, expect, it } from 'vitest';
import { RANGES } from '../../../lambda/contract/settings.js';
import { endOfExemption, sparingBy } from '../../../lambda/policy/tags.js';

const now = new Date('2026-03-02T10:00:00Z');
const exempt = (value: string, onWorkgroup?: string) =>
  sparingBy(onWorkgroup === undefined ? {} : { 'r:exempt': onWorkgroup }, { 'r:exempt': value }, 'r', now)
    .exempt;

describe('<prefix>:exempt', () => {
  it.each([
    'true',
    'TRUE ',
    '2026-03-02',
    '2026-12-31',
    '2026-03-02T10:00:01Z',
    '2026-03-02T12:00:00+01:00',
    // Nobody can read these, but whoever wrote them meant to protect the session.
    'yes',
    '',
    '2026-13-45',
    'until further notice',
    '2026',
    '1 March 2026',
  ])('"%s" spares', (value) => {
    expect(exempt(value)?.by).toBe(`tag r:exempt=${value} on session`);
  });

  it.each([
    'false',
    ' False ',
    '2026-02-28',
    '2026-03-01T21:59:59',
    '2026-03-02T10:00:00Z',
    '2026-03-02T10:30:00+01:00',
  ])('"%s" does not spare', (value) => {
    expect(exempt(value)).toBeUndefined();
  });

  it.each([
    ['2026-03-01', '2026-03-02T11:59:59Z', '2026-03-02T12:00:00Z'],
    ['2026-03-01T22:00', '2026-03-02T09:59:59Z', '2026-03-02T10:00:00Z'],
    ['2026-03-01T22:00:00Z', '2026-03-01T21:59:59Z', '2026-03-01T22:00:00Z'],
  ])('"%s" holds to the last instant that it can mean anywhere on earth', (value, before, after) => {
    const at = (now: string) => sparingBy({}, { 'r:exempt': value }, 'r', new Date(now)).exempt;
    expect(at(before)).toBeDefined();
    expect(at(after)).toBeUndefined();
  });

  it('is not lifted by a session, whose tags may be a stale copy', () => {
    expect(exempt('false', 'true')?.by).toBe('tag r:exempt=true on workgroup');
    expect(exempt('2026-01-01', '2027-01-01')?.by).toContain('on workgroup');
    expect(exempt('true', 'false')?.by).toContain('on session');
  });

  it.each(['R:Exempt', ' r:exempt', 'r:exempt ', 'R:EXEMPT'])('is honoured under the key "%s"', (key) => {
    expect(sparingBy({ [key]: 'true' }, {}, 'r', now).exempt?.by).toBe(`tag ${key.trim()}=true on workgroup`);
    expect(sparingBy({}, { 'r:exempt': 'false', [key]: 'true' }, 'r', now).exempt).toBeDefined();
  });

  it('on a workgroup holds for its sessions', () => {
    expect(sparingBy({ 'r:exempt': 'true' }, {}, 'r', now).exempt?.by).toBe('tag r:exempt=true on workgroup');
  });

  it('with another prefix says nothing', () => {
    expect(sparingBy({ 'other:exempt': 'true' }, { exempt: 'true' }, 'r', now)).toEqual({});
  });
});

describe('<prefix>:idle-minutes', () => {
  const idle = (value: string) =>
    sparingBy({ 'r:idle-minutes': '90' }, { 'r:idle-minutes': value }, 'r', now);

  it('is a whole number of minutes, and the longer of session and workgroup holds', () => {
    expect(idle('240')).toEqual({ idle: { minutes: 240, by: 'tag r:idle-minutes=240 on session' } });
    expect(idle('90').idle).toEqual({ minutes: 90, by: 'tag r:idle-minutes=90 on session' });
    expect(idle('60')).toEqual({ idle: { minutes: 90, by: 'tag r:idle-minutes=90 on workgroup' } });
    expect(sparingBy({ 'r:idle-minutes': '90' }, {}, 'r', now).idle?.minutes).toBe(90);
  });

  it.each([1, RANGES.limitMinutes.max])('can be as little or as much as %d', (minutes) => {
    expect(sparingBy({}, { 'r:idle-minutes': `${minutes}` }, 'r', now).idle?.minutes).toBe(minutes);
  });

  it.each([`${RANGES.limitMinutes.max + 1}`, 'two hours', '', '-5', '1e9', '12.5', 'NaN', '0'])(
    '"%s" cannot be read, and spares the session',
    (value) => {
      expect(idle(value).exempt).toEqual({ by: `tag r:idle-minutes=${value} on session` });
    },
  );
});

describe('the end of an exemption', () => {
  it.each([
    ['2026-03-06', '2026-03-07T11:59:59.999Z'],
    [' 2026-03-06T10:00 ', '2026-03-06T22:00:00.000Z'],
    ['2026-03-06T10:00:00Z', '2026-03-06T10:00:00.000Z'],
    ['2026-03-06t10:00:00+0100', '2026-03-06T09:00:00.000Z'],
  ])('"%s" ends at %s, the last instant that it can mean', (value, end) => {
    expect(endOfExemption(value)?.toISOString()).toBe(end);
  });

  it.each(['true', '', '2026-13-45', '2026', 'tomorrow', 'until 2026-01-01', '2026-01-01 or later'])(
    '"%s" has no end',
    (value) => {
      expect(endOfExemption(value)).toBeUndefined();
    },
  );
});
