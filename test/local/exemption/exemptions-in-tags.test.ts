import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sparingBy } from '../../../lambda/policy/tags.js';
import { endingBy, exemptionsInTags } from '../../../local/exemption/exemptions-in-tags.js';
import { runs } from '../../support/property-share.js';

const NOW = new Date('2026-03-02T10:00:00Z');

const key = fc.oneof(
  fc.constantFrom('r:exempt', ' R:Exempt', 'r:idle-minutes', 'r:idle-Minutes ', 'team', '__proto__'),
  fc.string({ maxLength: 20 }),
);
const value = fc.oneof(
  fc.constantFrom('true', 'false', '', '2026-03-01', '2026-03-02', '2099-01-01T00:00:00Z', '60', 'sixty'),
  fc.string({ maxLength: 20 }),
);

test.each(['session', 'workgroup'] as const)(
  'the tags of a %s give an exemption exactly where a sweep would read one from them',
  (place) => {
    fc.assert(
      fc.property(fc.dictionary(key, value), (tags) => {
        const [ofSession, ofWorkgroup] = place === 'session' ? [tags, {}] : [{}, tags];
        const found = exemptionsInTags(tags, place, 'r', NOW);
        const { exempt } = sparingBy(ofWorkgroup, ofSession, 'r', NOW);
        expect(found.length > 0).toBe(exempt !== undefined);
        for (const { by, until } of found) {
          expect(by.endsWith(` on ${place}`)).toBe(true);
          expect(until === undefined || until > NOW).toBe(true);
        }
      }),
      { numRuns: runs(300) },
    );
  },
);

test('an exemption without an end comes first, then the one that ends last', () => {
  const tags = { 'r:exempt': '2026-04-01', 'R:exempt': 'true', 'r:EXEMPT': '2026-05-01T00:00:00Z' };
  expect(exemptionsInTags(tags, 'session', 'r', NOW).map(({ until }) => until?.toISOString())).toEqual([
    undefined,
    '2026-05-01T00:00:00.000Z',
    '2026-04-02T11:59:59.999Z',
  ]);
});

describe('an end of all exemptions', () => {
  const forever = { by: 'tag a' };
  const dated = { by: 'tag b', until: new Date('2026-04-01') };

  test('leaves those that end sooner as they are', () => {
    const end = new Date('2026-05-01');
    expect(endingBy([forever, dated], end, NOW)).toEqual([{ ...forever, until: end }, dated]);
  });

  test('ends them all once it has come, and none where there is no such end', () => {
    expect(endingBy([forever, dated], NOW, NOW)).toEqual([]);
    expect(endingBy([forever, dated], undefined, NOW)).toEqual([forever, dated]);
  });
});
