/** The workgroup in which the experiment starts its session. */
import type { WorkGroupSummary } from '@aws-sdk/client-athena';
import { AccountError } from '../account/account-error.js';

export interface ChosenWorkgroup {
  readonly name: string;
  readonly engine: string | undefined;
  /** A SQL workgroup of the Region, to ask for its sessions; undefined where there is none. */
  readonly sqlWorkGroup: string | undefined;
}

/**
 * The workgroup of that name; without a name the only Spark workgroup that is enabled.
 * @throws AccountError where there is none, or more than one to choose from.
 */
export function chooseWorkgroup(
  workgroups: readonly WorkGroupSummary[],
  name: string | undefined,
): ChosenWorkgroup {
  const chosen = name === undefined ? onlySpark(workgroups) : named(workgroups, name);
  return {
    name: chosen.Name ?? '',
    engine: engineOf(chosen),
    sqlWorkGroup: workgroups.find((workgroup) => isSql(workgroup) && workgroup !== chosen)?.Name,
  };
}

function named(workgroups: readonly WorkGroupSummary[], name: string): WorkGroupSummary {
  const found = workgroups.find(({ Name }) => Name === name);
  if (found === undefined) throw refused(`there is no workgroup ${name} here`, workgroups);
  if (isSql(found)) throw refused(`${name} runs ${engineOf(found)}, which has no sessions`, workgroups);
  if (found.State === 'DISABLED') throw refused(`${name} is disabled, and starts no session`, workgroups);
  return found;
}

function onlySpark(workgroups: readonly WorkGroupSummary[]): WorkGroupSummary {
  const [first, ...others] = sparkIn(workgroups);
  if (first === undefined) throw refused('no Spark workgroup here is enabled', workgroups);
  if (others.length > 0) throw refused('there is more than one Spark workgroup here', workgroups);
  return first;
}

function refused(why: string, workgroups: readonly WorkGroupSummary[]): AccountError {
  const names = sparkIn(workgroups).flatMap(({ Name }) => Name ?? []);
  const allowed = names.length > 0 ? `one of ${names.join(', ')}` : 'a Spark workgroup that is enabled';
  return new AccountError('usage', `--workgroup: ${why}; allowed: ${allowed}`);
}

function sparkIn(workgroups: readonly WorkGroupSummary[]): readonly WorkGroupSummary[] {
  return workgroups.filter(
    (workgroup) => workgroup.State !== 'DISABLED' && /spark/i.test(engineOf(workgroup) ?? ''),
  );
}

function engineOf({ EngineVersion }: WorkGroupSummary): string | undefined {
  return EngineVersion?.EffectiveEngineVersion ?? EngineVersion?.SelectedEngineVersion;
}

function isSql(workgroup: WorkGroupSummary): boolean {
  return /^athena engine/i.test(engineOf(workgroup) ?? '');
}
