import validate from 'asl-validator';
import { expect, test } from 'vitest';
import { definition } from '../../../lib/organization/state-machine-definition.js';
import { accountIds, MOST_OF_A_STATE, PROPS } from '../../support/organization/definitions.js';

const ACCOUNTS = ['all', accountIds(2)] as const;

test.each(ACCOUNTS.map((accounts) => ({ accounts })))('an ASL validator accepts it: %#', ({ accounts }) => {
  expect(validate(definition({ ...PROPS, accounts }))).toMatchObject({ isValid: true, errors: [] });
});

test('what AWS names as passing errors of Lambda is tried again, by each invocation', () => {
  const written = JSON.stringify(definition({ ...PROPS, accounts: 'all' }));
  const retried = [...written.matchAll(/"ErrorEquals":(\["Lambda[^\]]*\])/g)].map(([, list = '']) =>
    JSON.parse(list),
  );
  expect(written.match(/states:::lambda:invoke/g)).toHaveLength(3);
  expect(retried).toHaveLength(3);
  for (const errors of retried) {
    expect(errors).toEqual(
      expect.arrayContaining([
        'Lambda.ClientExecutionTimeoutException',
        'Lambda.ServiceException',
        'Lambda.AWSLambdaException',
        'Lambda.SdkClientException',
        'Lambda.TooManyRequestsException',
      ]),
    );
  }
});

test('10,000 accounts fit into a definition of at most 1 MB, and into a state', () => {
  const written = JSON.stringify(definition({ ...PROPS, accounts: accountIds(10_000) }));
  expect(written.length).toBeLessThan(MOST_OF_A_STATE);
});

test('where the accounts are given, AWS Organizations is not asked', () => {
  expect(JSON.stringify(definition({ ...PROPS, accounts: accountIds(2) }))).not.toContain('organizations');
});
