/**
 * A report in a few lines for people: what happened in a sentence or two, then the sessions. EventBridge puts the
 * lines into a mail by a JSON template, in which it escapes nothing: no line has a quote, a backslash or a control
 * character.
 */
import type { Outcome } from '../contract/outcomes.js';
import { plainText, shortened } from '../contract/plain-text.js';
import {
  MAX_DIGEST_LINE_LENGTH,
  MAX_DIGEST_LINES,
  type SessionRecord,
  type SweepReport,
} from '../contract/report.js';

/** A report as far as the digest needs it; its sessions begin with those that matter most. */
export type Undigested = Omit<SweepReport, 'digest'>;

export function digestOf(report: Undigested): readonly string[] {
  const sentences = [whatHappened(report), ...saved(report), ...leftOut(report), ...inAccounts(report)];
  const room = MAX_DIGEST_LINES - sentences.length - 1;
  const named = report.sessions.slice(0, room);
  const more = report.sessions.length + report.sessionsOmitted - named.length;
  const rest =
    named.length === 0 ? [] : [`${counted(more, 'more session is', 'more sessions are')} in the log.`];
  return [...sentences, ...named.map(ofSession), ...(more > 0 ? rest : [])].map(safe);
}

function whatHappened({ mode, startedAt, counts }: Undigested): string {
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
  if (counts.notListed === 0) return ['It was not complete.'];
  const places = counted(counts.notListed, 'place was', 'places were');
  const example = first ? ` For one, ${placeOf(first)}: ${first.error}` : '';
  return [`It was not complete: ${places} not listed.${example}`];
}

function placeOf({ region, workGroup }: { readonly region: string; readonly workGroup?: string }): string {
  return workGroup === undefined ? region : `workgroup ${workGroup} in ${region}`;
}

function inAccounts({ organization }: Undigested): readonly string[] {
  if (!organization) return [];
  const { targets, targetsNotSwept, targetsNotBegun, accountsNotReached } = organization;
  const unreached = counted(accountsNotReached, 'account has', 'accounts have');
  return [
    `It swept ${targets - targetsNotSwept} of ${targets} targets (accounts times regions)` +
      `${targetsNotBegun > 0 ? `; for ${targetsNotBegun} there was no time` : ''}.` +
      `${accountsNotReached > 0 ? ` ${unreached} no workgroup that the globs select.` : ''}`,
  ];
}

const OUTCOMES = {
  terminated: 'Ended',
  accepted: 'End accepted',
  'would-terminate': 'Would be ended',
  failed: 'Failed',
  deferred: 'Left to the next sweep',
  'already-inactive': 'Already inactive',
  warned: 'Due soon',
  spared: 'Spared',
} as const satisfies Record<Outcome, string>;

function ofSession(record: SessionRecord): string {
  const { outcome, workGroup, region, minutes, limitMinutes, reason, sessionId, error, dpuHoursSaved } =
    record;
  const time = `${minutes} minutes, limit ${limitMinutes}`;
  const saving = dpuHoursSaved === undefined ? '' : `, ${dpuHoursSaved} DPU-hours`;
  const why = error === undefined ? reason : `${reason}: ${error}`;
  return `${OUTCOMES[outcome]}: ${workGroup} in ${region}, ${time}${saving}, session ${sessionId}, ${why}`;
}

function sessions(count: number): string {
  return counted(count, 'session', 'sessions');
}

function counted(count: number, one: string, several: string): string {
  return `${count} ${count === 1 ? one : several}`;
}

function safe(line: string): string {
  return shortened(plainText(line).replaceAll('"', "'").replaceAll('\\', '/'), MAX_DIGEST_LINE_LENGTH);
}
