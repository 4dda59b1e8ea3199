import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { denialIn } from '../../../lambda/athena/denial.js';
import { plainText, shortened } from '../../../lambda/contract/plain-text.js';
import { anyText } from '../../support/any-text.js';

describe('text from elsewhere', () => {
  it.each([
    ['a line break', 'dbt: 1\r\nENDED everything', 'dbt: 1 ENDED everything'],
    ['an escape sequence', '\u001b[31mred\u001b[0m', ' [31mred [0m'],
    ['a mark that turns the direction', 'etl\u202egpj.exe', 'etl gpj.exe'],
    ['a C1 control', 'a\u009bb', 'a b'],
    ['a line separator', 'a\u2028b', 'a b'],
    ['a zero-width space', 'ad\u200bmin', 'ad min'],
    ['half a character', 'a\ud800b', 'a b'],
    ['nothing odd', 'Müller → 東京 "x" 🙂', 'Müller → 東京 "x" 🙂'],
  ])('with %s is shown on one line, in its own order', (_, text, shown) => {
    expect(plainText(text)).toBe(shown);
  });

  it('has nothing left that cannot be seen', () => {
    fc.assert(
      fc.property(
        anyText(),
        (text) => !/[\p{C}\p{Zl}\p{Zp}]/u.test(plainText(text).replace(/[\p{Cn}\p{Co}]/gu, '')),
      ),
    );
  });
});

describe('a text that is too long', () => {
  const DENIED = `User: arn:aws:sts::111122223333:assumed-role/${'r'.repeat(64)}/s is not authorized to perform: athena:TerminateSession on resource: arn:aws:athena:eu-west-1:111122223333:workgroup/${'w'.repeat(128)} with an explicit deny in a service control policy`;

  it('keeps its beginning and its end', () => {
    const cut = shortened(DENIED, 200);
    expect(cut).toMatch(
      /^User: arn:aws:sts::111122223333.* … .*with an explicit deny in a service control policy$/,
    );
    expect(cut).toHaveLength(200);
  });

  it.each([
    'arn:aws:organizations::999999999999:policy/o-a1b2c3d4e5/service_control_policy/p-a1b2c3d4',
    `arn:aws:iam::111122223333:policy/${'p'.repeat(80)}`,
  ])('keeps why a call was denied, with the ARN of the policy after it: %s', (arn) => {
    const cut = shortened(`TerminateSession: AccessDeniedException: ${DENIED}: ${arn}`, 300);
    expect(cut).toMatch(/^TerminateSession: AccessDeniedException: User: arn:aws:sts::111122223333/);
    expect(denialIn(cut)).toEqual({ explicit: true, policyType: 'service control policy' });
  });

  it('is never longer than it may be, and whole where it fits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 20, max: 100 }), (text, longest) => {
        const cut = [...shortened(text, longest)];
        return [...text].length <= longest ? cut.join('') === text : cut.length === longest;
      }),
    );
  });
});
