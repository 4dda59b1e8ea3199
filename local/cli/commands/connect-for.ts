import { setMaxListeners } from 'node:events';
import { type Connection, connect } from '../../account/connection.js';
import { askMfaCode } from '../terminal/questions.js';
import type { Terminal } from '../terminal/terminal.js';

/**
 * A connection for a person at a terminal, who can be asked for an MFA code.
 * @param earlier a connection of the same person, so that nobody is asked for a code twice.
 * @throws AccountError for an unknown profile, and where no region is known.
 */
export function connectFor(
  { profile }: { readonly profile?: string | undefined },
  regions: readonly string[],
  terminal: Terminal,
  earlier?: Connection,
): Promise<Connection> {
  // As many calls wait for it as are under way at the same time.
  setMaxListeners(0, terminal.interrupted);
  return connect({
    ...(profile !== undefined && { profile }),
    regions,
    ...(earlier && { credentials: earlier.clientConfig.credentials }),
    ...(terminal.canAsk && { askMfaCode: (device: string) => askMfaCode(device, terminal) }),
  });
}
