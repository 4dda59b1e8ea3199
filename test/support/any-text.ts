import fc from 'fast-check';

const SURROGATES = { from: 0xd8_00, to: 0xdf_ff };
const LAST = 0x10_ff_ff - (SURROGATES.to - SURROGATES.from + 1);

const character = fc
  .integer({ min: 0, max: LAST })
  .map((n) => String.fromCodePoint(n < SURROGATES.from ? n : n + SURROGATES.to - SURROGATES.from + 1));

/** Any text: as fast-check's unit `binary` makes it, which first lists a million characters, for seconds. */
export function anyText(constraints: Pick<fc.StringConstraints, 'maxLength'> = {}): fc.Arbitrary<string> {
  return fc.string({ ...constraints, unit: character });
}
