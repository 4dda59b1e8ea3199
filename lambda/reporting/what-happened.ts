/** What a sweep did, in sentences for people. */
import type { SweepReport } from '../contract/report.js';
import { counted } from './counted.js';

/** A report before it is written out for people. */
export type Undigested = Omit<SweepReport, 'digest' | 'chat'>;

/** At most four sentences, the one that says most first. */
export function whatHappened(report: Undigested): readonly string[] {
  return [outcomes(report), ...saved(report), ...leftOut(report), ...inAccounts(report)];
}

function outcomes({ mode, startedAt, counts }: Undigested): string {
  const ended =
    mode === 'report'
      ? `would have ended ${sessions(counts.wouldTerminate)}, and ended none`
      : `ended ${sessions(counts.terminated)}`;
  const others: readonly (readonly [number, string])[] = [
    [counts.accepted, 'to be ended, which is accepted and not seen yet'],
    [counts.failed, 'could not be looked at or ended'],
    [counts.warned, 'due soon'],
    [counts.deferred, 'left to the next sweep'],
    [counts.spared, 'spared at the last look'],
  ];
  const more = others.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return `The sweep of ${startedAt} ${[ended, ...more].join('; ')}.`;
}

function saved({ mode, saved: { dpuHours, cost } }: Undigested): readonly string[] {
  if (dpuHours === 0) return [];
  const verb = mode === 'report' ? 'would save' : 'saves';
  return [`That ${verb} at least ${dpuHours} DPU-hours, ${cost} US dollars, by estimate.`];
}

function leftOut({ complete, counts, notListed: [first] }: Undigested): readonly string[] {
  if (complete) return [];
  if (first?.kind === 'none-selected') return [`It was not complete: ${first.error}`];
  const { waiting } = counts;
  const failed = counts.notListed - waiting;
  const waits =
    waiting > 0 ? ` ${counted(waiting, 'workgroup waits', 'workgroups wait')} for the next sweep.` : '';
  if (failed === 0) return [`It was not complete${waits ? `:${waits}` : '.'}`];
  const places = counted(failed, 'place was', 'places were');
  const example = first ? ` For one, ${placeOf(first)}: ${first.error}` : '';
  return [`It was not complete: ${places} not listed.${waits}${example}`];
}

function placeOf({ region, workGroup }: { readonly region: string; readonly workGroup?: string }): string {
  return workGroup === undefined ? region : `workgroup ${workGroup} in ${region}`;
}

function inAccounts({ organization }: Undigested): readonly string[] {
  if (!organization) return [];
  const { targets, targetsNotSwept, targetsNotBegun, accountsNotReached, givenUp } = organization;
  if (givenUp) return [`Until then it had swept ${counted(targets - targetsNotSwept, TARGET, TARGETS)}.`];
  const unreached = counted(accountsNotReached, 'account has', 'accounts have');
  return [
    `It swept ${targets - targetsNotSwept} of ${targets} targets (accounts times regions)` +
      `${targetsNotBegun > 0 ? `; for ${targetsNotBegun} there was no time` : ''}.` +
      `${accountsNotReached > 0 ? ` ${unreached} no workgroup that the globs select.` : ''}`,
  ];
}

const TARGET = 'target (an account in a region)';
const TARGETS = 'targets (accounts times regions)';

function sessions(count: number): string {
  return counted(count, 'session');
}
