import { describe, expect, it } from 'vitest';
import { denialIn } from '../../../lambda/athena/denial.js';
import { isDeniedByOwnPolicy, SessionServiceError } from '../../../lambda/athena/session-service.js';

const REFUSED =
  'User: arn:aws:sts::111122223333:assumed-role/reaper/sweep is not authorized to perform: ' +
  'athena:TerminateSession on resource: arn:aws:athena:eu-west-1:111122223333:workgroup/etl';

/** What AWS says, and whether a statement in a policy of the caller's identity forbids the call. */
const REASONS = [
  { end: 'with an explicit deny in an identity-based policy', own: true },
  {
    end: 'with an explicit deny in an identity-based policy: arn:aws:iam::111122223333:policy/tags',
    own: true,
  },
  { end: 'with an explicit deny in an identity-based policy.', own: true },
  { end: 'because no identity-based policy allows the athena:TerminateSession action', own: false },
  { end: 'with an explicit deny in a service control policy', own: false },
  {
    end: 'with an explicit deny in a service control policy: arn:aws:organizations::1:policy/o-1/p-1',
    own: false,
  },
  { end: 'because no service control policy allows the athena:TerminateSession action', own: false },
  { end: 'with an explicit deny in a resource control policy', own: false },
  { end: 'because no resource control policy allows the athena:TerminateSession action', own: false },
  { end: 'with an explicit deny in a permissions boundary', own: false },
  { end: 'because no permissions boundary allows the athena:TerminateSession action', own: false },
  { end: 'with an explicit deny in a session policy', own: false },
  { end: 'because no session policy allows the athena:TerminateSession action', own: false },
  { end: 'with an explicit deny in a VPC endpoint policy', own: false },
  { end: 'because no VPC endpoint policy allows the athena:TerminateSession action', own: false },
  { end: 'with an explicit deny in a resource-based policy', own: false },
  { end: 'because no resource-based policy allows the athena:TerminateSession action', own: false },
];

describe('a denial', () => {
  it.each(REASONS)('$end: by a policy of the identity itself: $own', ({ end, own }) => {
    const failure = new SessionServiceError('denied', 'TerminateSession', 'AccessDeniedException', '');
    const denied = new SessionServiceError(
      'denied',
      'TerminateSession',
      'AccessDeniedException',
      `${REFUSED} ${end}`,
    );
    expect(isDeniedByOwnPolicy(denied)).toBe(own);
    expect(isDeniedByOwnPolicy(failure)).toBe(false);
    expect(denied.denial?.explicit).toBe(end.startsWith('with an explicit deny'));
    expect(end).toContain(` ${denied.denial?.policyType}`);
  });

  it.each(['', REFUSED, 'You are not authorized', 'with an explicit deny in a spell'])(
    'that names no policy type has none: %j',
    (message) => {
      expect(denialIn(message)).toBeUndefined();
    },
  );

  it('is read from denied calls alone', () => {
    const text = 'with an explicit deny in an identity-based policy';
    const invalid = new SessionServiceError('invalid', 'TerminateSession', 'InvalidRequestException', text);
    expect(invalid.denial).toBeUndefined();
    expect(isDeniedByOwnPolicy(invalid)).toBe(false);
    expect(isDeniedByOwnPolicy(new Error(text))).toBe(false);
  });

  it('is found in linear time, however often the phrase begins', () => {
    const begun = performance.now();
    denialIn('with an explicit deny in a '.repeat(20_000));
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
