import { LOG_MESSAGES } from '../../lambda/contract/telemetry.js';
import { fields, list, type SavedQuery, where } from '../dashboard/query-language.js';

const byTarget = list('account', 'region');

/** Which accounts take longest. */
export const SLOWEST: SavedQuery = {
  name: 'slowest accounts',
  lines: [
    where('message', LOG_MESSAGES.target),
    `stats max(${list('durationMs')}) as longestMs, sum(${list('calls')}) as called, sum(${list('throttledCalls')}) as throttled by ${byTarget}`,
    'sort longestMs desc',
    'limit 20',
  ],
};

/** Which accounts refuse the role or fail otherwise, and with what words. */
export const FAILING: SavedQuery = {
  name: 'failing accounts',
  lines: [
    `filter ispresent(${list('account')}) and ispresent(${list('error')})`,
    `stats count(*) as problems, latest(${list('error')}) as latestError by ${byTarget}`,
    'sort problems desc',
    'limit 50',
  ],
};

/** How many targets each sweep left out, and in how many accounts the globs select nothing. */
export const NOT_SWEPT: SavedQuery = {
  name: 'targets not swept',
  lines: [
    fields('@timestamp', 'targets', 'targetsNotSwept', 'accountsNotReached'),
    where('message', LOG_MESSAGES.sweep),
    `stats max(${list('targets')}) as expected, max(${list('targetsNotSwept')}) as notSwept, max(${list('accountsNotReached')}) as accountsUnreached by bin(5m)`,
  ],
};

export function organizationQueries(): readonly SavedQuery[] {
  return [SLOWEST, FAILING, NOT_SWEPT];
}
