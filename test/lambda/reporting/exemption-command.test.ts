import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exemptionCommand, sessionArn } from '../../../lambda/reporting/exemption-command.js';
import { EXEMPTIONS, hostileText } from '../../support/reports.js';

const SESSION = { sessionId: 'f2b4c6d8', workGroup: 'etl', region: 'cn-north-1' };
const NOW = new Date('2026-12-31T23:59:00Z');

describe('the command that exempts a session', () => {
  it('names the session by its ARN, and an end on the day after', () => {
    const exemptions = { ...EXEMPTIONS, partition: 'aws-cn', tagPrefix: 'team' };
    expect(exemptionCommand(SESSION, exemptions, NOW)).toBe(
      'aws athena tag-resource --region cn-north-1 ' +
        '--resource-arn arn:aws-cn:athena:cn-north-1:111122223333:workgroup/etl/session/f2b4c6d8 ' +
        '--tags Key=team:exempt,Value=2027-01-01',
    );
  });

  it('is not written where a name has what AWS gives no name', () => {
    for (const workGroup of ['', 'a b', 'a;b', '$(x)', 'a/b', 'ü', 'w'.repeat(129)]) {
      expect(sessionArn({ ...SESSION, workGroup }, EXEMPTIONS)).toBeUndefined();
    }
  });

  it('has no character that a shell gives a meaning to, whatever the names are', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (workGroup, sessionId) => {
        const command = exemptionCommand({ ...SESSION, workGroup, sessionId }, EXEMPTIONS, NOW) ?? '';
        expect(command).toMatch(/^[\w :/=.,-]*$/);
      }),
    );
  });
});
