/** What an operator asks for, and which accounts are swept. */
import type { OrganizationConfig } from '../../config/keys/reaper-config.js';
import { jsonata } from './jsonata.js';

/** Whether an operator asks for something. The schedule asks for nothing. */
export const ASKS_FOR_SOMETHING = jsonata('$event != {}');

/** Arguments of ListAccounts. */
export const NEXT_PAGE = jsonata("$nextToken = null ? {} : {'NextToken': $nextToken}");

/**
 * The accounts so far and those of this page that are to be swept. `State` says whether an account is in use, and so
 * does `Status`, its older name. Each account's ARN begins with the id of the management account.
 */
export function accountsOfPage({
  excludeAccounts,
  sweepManagementAccount,
}: Pick<OrganizationConfig, 'excludeAccounts' | 'sweepManagementAccount'>): string {
  const isManaging = "$split(Arn, ':')[4] = Id";
  return jsonata(`[$accounts, $states.result.Accounts[
    ($exists(State) ? State : 'ACTIVE') = 'ACTIVE' and ($exists(Status) ? Status : 'ACTIVE') = 'ACTIVE'
    ${excludeAccounts.length > 0 ? `and $not(Id in ${JSON.stringify(excludeAccounts)})` : ''}
    ${sweepManagementAccount ? '' : `and $not(${isManaging})`}
  ].Id]`);
}

export const TOKEN = jsonata('$exists($states.result.NextToken) ? $states.result.NextToken : null');

export const MORE_PAGES = jsonata('$nextToken != null');
