import { z } from 'zod';
import { PATTERNS } from '../../lambda/contract/settings.js';
import { listOf, numberIn, object, text } from './values.js';

/** The accounts of an organization, swept from this one: the hub. */
export interface OrganizationConfig {
  readonly accounts: 'all' | readonly string[];
  readonly regions: readonly string[];
  readonly memberRoleName: string;
  readonly externalId: string;
  readonly organizationId: string;
  readonly maxConcurrency: number;
  readonly toleratedFailurePercentage: number;
}

const ACCOUNTS_ALLOWED = '"all", or a list of account ids of 12 digits that names nothing twice';

const HUB_PATTERNS = {
  organizationId: {
    regex: /^o-[a-z0-9]{10,32}$/,
    allowed: 'the id of an organization, such as "o-a1b2c3d4e5"',
  },
} as const;

export const organizationSchema = object({
  accounts: z
    .union([z.literal('all'), nonEmpty(text(PATTERNS.accountId))], ACCOUNTS_ALLOWED)
    .meta({ allowed: ACCOUNTS_ALLOWED })
    .describe('Accounts to sweep. `all`: those that AWS Organizations lists as active, read at each sweep.'),
  regions: nonEmpty(text(PATTERNS.region)).describe('Regions to sweep in each account.'),
  memberRoleName: text(PATTERNS.roleName)
    .default('AthenaSessionReaperMember')
    .describe("The role to assume in each account. The function's own is named after it: `…-hub`."),
  externalId: text(PATTERNS.externalId).describe(
    'What the hub shows and the roles ask for; choose one of your own. No secret.',
  ),
  organizationId: text(HUB_PATTERNS.organizationId).describe(
    'The organization that the hub and the roles belong to.',
  ),
  maxConcurrency: numberIn({ min: 1, max: 10_000, integer: true })
    .default(100)
    .describe('Invocations at the same time. Leave room in the concurrency that Lambda gives the account.'),
  toleratedFailurePercentage: numberIn({ min: 0, max: 100, integer: true })
    .default(5)
    .describe(
      'A sweep fails, for all to see, if more of the accounts times regions than this were not swept.',
    ),
});

function nonEmpty<T extends z.ZodType>(item: T) {
  return listOf(item).refine((list) => list.length > 0, 'at least one entry');
}
