/** What an invocation needs of the world around it where an organization is swept. */
import type { Account } from '../athena/athena-sessions.js';
import type { SessionService } from '../athena/session-service.js';
import type { Host } from '../host/host.js';
import type { CredentialProvider } from './assume-role.js';
import type { OwnLog } from './own-log.js';

export interface OrganizationHost extends Host {
  readonly connectAs: (region: string, account: Account, credentials: CredentialProvider) => SessionService;
  /** When sweeps started whose sum this process has made: epoch milliseconds. */
  readonly summarized: Set<number>;
  /** Missing where the function's lines go nowhere, as in a simulation. */
  readonly ownLog?: OwnLog;
}
