/** `scan --owners` and `scan --dpus`: what is asked beside the sweep, and what is said of it. */

import { counted } from '../../../lambda/reporting/counted.js';
import { adviceFor } from '../../account/advice.js';
import { Executors } from '../../account/held-dpus.js';
import { type Inquired, inquire } from '../../account/inquiry.js';
import { CommandError, EXIT } from '../terminal/exit-code.js';
import type { Terminal } from '../terminal/terminal.js';
import type { ScannedAccount } from './scan-account.js';

export interface InquiryOptions {
  readonly owners?: true;
  readonly dpus?: true;
}

/** Asks nothing where nothing was asked for. */
export async function inquireFor(
  { view, connection, effective }: ScannedAccount,
  { owners = false, dpus = false }: { readonly owners?: boolean; readonly dpus?: boolean },
  { interrupted }: Terminal,
): Promise<Inquired> {
  if ((!owners && !dpus) || interrupted.aborted) {
    return { view, calls: 0, failures: [], withoutExecutors: 0 };
  }
  const { regions, services, clientConfig } = connection;
  return inquire(
    view,
    services,
    { ...effective.settings, regions, onlyWorkgroups: ['*'] },
    { owners, ...(dpus && { executors: regions.map((region) => new Executors(region, clientConfig)) }) },
    interrupted,
  );
}

/** What was asked, and what Athena does not say. */
export function inquiryText(
  { view, calls, withoutExecutors }: Inquired,
  { owners, dpus }: InquiryOptions,
): string {
  if (!owners && !dpus) return '';
  const options = [...(owners ? ['--owners'] : []), ...(dpus ? ['--dpus'] : [])].join(' and ');
  const lines = [
    `${options} asked about ${counted(view.sessions.length, 'session')}: ${counted(calls, 'call')} more.`,
    ...(withoutExecutors > 0
      ? [
          `Athena does not list the executors of ${counted(withoutExecutors, 'session')}: their DPUs are not known.`,
        ]
      : []),
  ];
  return `\n${lines.join('\n')}\n`;
}

/** @throws CommandError where sessions could not be asked about. */
export function throwUnasked({ failures }: Inquired): void {
  const [first] = failures;
  if (first === undefined) return;
  const advice = adviceFor(first.error, first.session);
  const lines = [
    `${counted(failures.length, 'session')} could not be asked about.`,
    `  ${first.error}`,
    `    in ${first.session.region}: ${first.session.sessionId}`,
    ...(advice === undefined ? [] : [`    → ${advice}`]),
  ];
  throw new CommandError(lines.join('\n'), EXIT.failed);
}
