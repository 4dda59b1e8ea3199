import { describe, expect, it } from 'vitest';
import { accountsOfPage } from '../../../../lib/organization/expressions/accounts.js';
import { PROPS } from '../../../support/organization/definitions.js';
import { evaluate } from '../../../support/organization/jsonata.js';

describe('the accounts of a page', () => {
  const MANAGING = '111111111111';
  const account = (Id: string, states: object) => ({
    Id,
    Arn: `arn:aws:organizations::${MANAGING}:account/o-a1b2c3d4e5/${Id}`,
    ...states,
  });
  const page = [
    account(MANAGING, { State: 'ACTIVE', Status: 'ACTIVE' }),
    account('222222222222', { State: 'ACTIVE' }),
    account('333333333333', { Status: 'ACTIVE' }),
    account('444444444444', { State: 'SUSPENDED', Status: 'ACTIVE' }),
    account('555555555555', { Status: 'SUSPENDED' }),
    account('666666666666', { State: 'PENDING_CLOSURE' }),
    account('777777777777', { State: 'ACTIVE' }),
  ];
  const swept = (changes: object) =>
    evaluate(accountsOfPage({ ...PROPS, ...changes }), {
      accounts: [],
      states: { result: { Accounts: page } },
    });

  it('are those in use, by their state or by its older name, without the management account', async () => {
    expect(await swept({})).toEqual(['222222222222', '333333333333', '777777777777']);
  });

  it('include the management account where it is to be swept', async () => {
    expect(await swept({ sweepManagementAccount: true })).toContain(MANAGING);
  });

  it('are less those that are excluded', async () => {
    expect(await swept({ excludeAccounts: ['222222222222', '777777777777'] })).toEqual(['333333333333']);
  });

  it('add to those of the pages before, and are a list even where there is one', async () => {
    const result = { Accounts: page.slice(1, 2) };
    const expression = accountsOfPage(PROPS);
    expect(await evaluate(expression, { accounts: [], states: { result } })).toEqual(['222222222222']);
    expect(await evaluate(expression, { accounts: ['999999999999'], states: { result } })).toEqual([
      '999999999999',
      '222222222222',
    ]);
    expect(await evaluate(expression, { accounts: [], states: { result: { Accounts: [] } } })).toEqual([]);
  });
});
