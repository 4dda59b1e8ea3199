/** What is set of an organization: the accounts that are swept from this one, the hub. */
import * as v from 'valibot';
import { PATTERNS } from '../../../lambda/contract/settings.js';
import { memberRoleEntries } from '../../../lambda/contract/settings-schema.js';
import { flag, matching, numberIn, object, setOf } from '../../../lambda/contract/values.js';
import { nonEmpty } from './values.js';

const ACCOUNTS_ALLOWED = '"all", or a list of account ids of 12 digits that names nothing twice';

const ORGANIZATION_ID = {
  regex: /^o-[a-z0-9]{10,32}$/,
  allowed: 'the id of an organization, such as "o-a1b2c3d4e5"',
};

const regionsOfAccount = object({
  accountId: matching(PATTERNS.accountId),
  regions: nonEmpty(matching(PATTERNS.region)),
});

/** @internal */
export const organizationSchema = object({
  accounts: v.union([v.literal('all'), nonEmpty(matching(PATTERNS.accountId))], ACCOUNTS_ALLOWED),
  excludeAccounts: v.optional(setOf(matching(PATTERNS.accountId)), []),
  sweepManagementAccount: v.optional(flag(), false),
  regions: nonEmpty(matching(PATTERNS.region)),
  regionsByAccount: v.optional(setOf(regionsOfAccount), []),
  memberRoleName: v.optional(memberRoleEntries.memberRoleName, 'AthenaSessionReaperMember'),
  externalId: memberRoleEntries.externalId,
  organizationId: matching(ORGANIZATION_ID),
  maxConcurrency: v.optional(numberIn({ min: 1, max: 10_000, integer: true }), 100),
  toleratedFailurePercentage: v.optional(numberIn({ min: 0, max: 100, integer: true }), 5),
});
