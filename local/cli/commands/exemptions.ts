/** The command `exemptions`. */
import { Command, Option } from 'commander';
import type { ReaperSettings } from '../../../lambda/contract/settings.js';
import { counted } from '../../../lambda/reporting/counted.js';
import { AccountError } from '../../account/account-error.js';
import { adviceFor } from '../../account/advice.js';
import { emptyAnswers, selectNone } from '../../account/empty-answers.js';
import { watched } from '../../account/narrowed-services.js';
import { configuredRegions } from '../../account/profile.js';
import type { SeenWorkgroup } from '../../account/sweep-view.js';
import { type Standing, standingExemptions } from '../../exemption/standing.js';
import { addProfileOption, addSourceOptions, addWorkgroupOptions } from '../options/settings-options.js';
import { exemptionsAsCsv, exemptionsAsJson, exemptionTable } from '../tables/exemption-table.js';
import { isForPeople } from '../tables/output-format.js';
import { CommandError, EXIT } from '../terminal/exit-code.js';
import { coloursFor, columnsOf, type Terminal, tableColumnsOf } from '../terminal/terminal.js';
import { longestLine } from '../text/exemption-text.js';
import { folded } from '../text/folded.js';
import { connectFor } from './connect-for.js';
import { addDeployedOption, judgingSettings } from './judging-settings.js';
import { nothingSelected, type ScanOptions } from './scan-account.js';

interface ExemptionsOptions extends ScanOptions {
  readonly json?: true;
  readonly csv?: true;
}

/** `exemptions`: all that stand. */
export function exemptionsCommand(terminal: Terminal): Command {
  const command = new Command('exemptions')
    .description(
      'Lists every exemption that stands, by tag and by rule, with the start of the session and the end of the ' +
        'exemption; those without an end come first. Reads the tags of every workgroup and every running session, ' +
        'one call for each. A rule by role is not read, because it takes a look at each session. Read-only.',
    )
    .option('--json', 'print all of it as JSON, and nothing else')
    .addOption(new Option('--csv', 'print a line for each exemption, and nothing else').conflicts('json'))
    .action((options: ExemptionsOptions) => exemptions(options, terminal));
  return addDeployedOption(addWorkgroupOptions(addSourceOptions(addProfileOption(command))));
}

async function exemptions(options: ExemptionsOptions, terminal: Terminal): Promise<void> {
  const { stdout, stderr, interrupted } = terminal;
  const { settings, source, readWith } = await judgingSettings(options, terminal);
  const connection = await connectFor(options, settings.regions, terminal, readWith);
  const workgroups: SeenWorkgroup[] = [];
  const services = connection.services.map((service) =>
    watched(service, {
      workgroups: (page, region) => workgroups.push(...page.map((one) => ({ ...one, region }))),
    }),
  );
  const standing = await standingExemptions(services, settings, interrupted);
  if (interrupted.aborted) throw new CommandError('Stopped.', EXIT.interrupted);
  const found = await connection.accountFound;
  const account = found.kind === 'known' ? found.account.accountId : null;
  if (options.json) stdout.write(`${exemptionsAsJson(standing, { account, settingsSource: source })}\n`);
  else if (options.csv) stdout.write(exemptionsAsCsv(standing.exemptions));
  else {
    const where = `${account === null ? 'Account not known' : `Account ${account}`}, ${connection.regions.join(', ')}`;
    stdout.write(`${where}\n${tagsInWords(settings, source, terminal)}\n${forPeople(standing, terminal)}\n`);
  }
  throwProblems(standing, services.length);
  const notes = emptyAnswers(
    { regions: connection.regions, notListed: standing.notListed, workgroups },
    {
      include: settings.workgroups.include,
      exclude: options.exclude ?? [],
      configuredRegions: await configuredRegions(),
    },
  );
  if (selectNone(settings.workgroups, workgroups)) throw nothingSelected(notes);
  if (notes.length > 0) (isForPeople(options) ? stdout : stderr).write(`\n${notes.join('\n')}\n`);
}

function tagsInWords({ tags }: ReaperSettings, source: string, { stdout }: Terminal): string {
  if (!tags.enabled) return `Tags are off (${source}): rules alone exempt\n`;
  const { prefix, maxExemptDays } = tags;
  const longest =
    maxExemptDays === undefined ? '' : `${folded(longestLine(maxExemptDays), columnsOf(stdout), '  ')}\n`;
  return `Tag prefix ${prefix} (${source})\n${longest}`;
}

function forPeople({ exemptions: all, unreadable, calls }: Standing, { stdout }: Terminal): string {
  const style = { columns: tableColumnsOf(stdout), colours: coloursFor(stdout) };
  const table = all.length > 0 ? [exemptionTable(all, style), ''] : [];
  const notes =
    unreadable > 0 ? [`Athena does not let the own tags of ${counted(unreadable, 'session')} be read.`] : [];
  const total = all.length === 0 ? 'No exemption stands.' : `${counted(all.length, 'exemption')}.`;
  return [...table, `${total} Calls to Athena: ${calls}.`, ...notes].join('\n');
}

/** @throws AccountError where there may be more than what is shown. */
function throwProblems({ notListed, notRead }: Standing, regions: number): void {
  const [first] = [...notListed, ...notRead];
  if (first === undefined) return;
  const parts = [
    ...(notListed.length > 0
      ? [`${counted(notListed.length, 'workgroup or region', 'workgroups or regions')} could not be listed`]
      : []),
    ...(notRead.length > 0 ? [`the tags of ${counted(notRead.length, 'resource')} could not be read`] : []),
  ];
  const advice = adviceFor(first.error, first);
  const wholeRegions = notListed.filter(({ workGroup }) => workGroup === undefined).length;
  throw new AccountError(
    wholeRegions === regions ? 'nothing-listed' : 'failed',
    [
      `There may be more exemptions: ${parts.join(', and ')}.`,
      `  ${first.error}`,
      `    in ${first.region}${first.workGroup === undefined ? '' : `: ${first.workGroup}`}`,
      ...(advice === undefined ? [] : [`    → ${advice}`]),
    ].join('\n'),
  );
}
