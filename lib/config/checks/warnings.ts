/** What is allowed and yet seldom meant. */
import { meansTheSameInIam } from '../globs/iam-globs.js';
import type { ReaperConfig } from '../keys/reaper-config.js';

/** A text for whoever deploys, with an id by which it can be acknowledged. */
export interface Warning {
  readonly id: string;
  readonly text: string;
}

/** Some clients keep a session alive with a query every 300 seconds, and people think between two cells. */
const SHORT_LIMIT_MINUTES = 10;
/** Athena's own longest idle timeout: sessions end by then without help. */
const ATHENA_LIMIT_MINUTES = 480;

/** Everything in a configuration that deserves a second thought. */
export function warningsAbout(config: ReaperConfig): readonly Warning[] {
  const { idleMinutes, stuck, rules, workgroups } = config;
  return [
    ...limitWarnings('idleMinutes', idleMinutes),
    ...rules.flatMap((rule, index) =>
      'idleMinutes' in rule ? limitWarnings(`rules[${index}].idleMinutes`, rule.idleMinutes) : [],
    ),
    ...(stuck.busyMinutes === undefined ? [] : [endsWork(stuck.busyMinutes)]),
    ...noTagDeny(config),
    ...workgroups.exclude.filter((excluded) => !meansTheSameInIam(excluded)).map(notDenied),
  ];
}

function endsWork(minutes: number): Warning {
  return {
    id: 'athena-session-reaper:endsWork:stuck.busyMinutes',
    text: `reaper.stuck.busyMinutes is ${minutes}: this ends work in progress. It counts from LastModifiedDateTime, and where Athena leaves that at the start of a session, from the start.`,
  };
}

function noTagDeny({ mode, tags: { enabled, prefix, maxExemptDays } }: ReaperConfig): readonly Warning[] {
  if (mode !== 'terminate' || !enabled || maxExemptDays === undefined) return [];
  const text = `reaper.tags.maxExemptDays is ${maxExemptDays}: the role has no Deny on the tag ${prefix}:exempt, because IAM knows no age of a session. The last look alone spares what is exempt.`;
  return [{ id: 'athena-session-reaper:noTagDeny:tags.maxExemptDays', text }];
}

function notDenied(glob: string): Warning {
  return {
    id: `athena-session-reaper:notDenied:${glob}`,
    text: `reaper.workgroups.exclude has "${glob}": sweeps leave such workgroups alone, but IAM cannot deny them without denying sessions elsewhere. Name them, or their beginning followed by "*".`,
  };
}

function limitWarnings(path: string, minutes: number): readonly Warning[] {
  if (minutes < SHORT_LIMIT_MINUTES) {
    return [
      {
        id: `athena-session-reaper:shortLimit:${idOf(path)}`,
        text: `reaper.${path} is ${minutes}: below ${SHORT_LIMIT_MINUTES} minutes people lose sessions that they are thinking about.`,
      },
    ];
  }
  if (minutes < ATHENA_LIMIT_MINUTES) return [];
  return [
    {
      id: `athena-session-reaper:pointlessLimit:${idOf(path)}`,
      text: `reaper.${path} is ${minutes}: Athena itself ends idle sessions after ${ATHENA_LIMIT_MINUTES} minutes at most, so this ends none.`,
    },
  ];
}

/** The CDK takes brackets in an id for a part of its own. */
function idOf(path: string): string {
  return path.replaceAll(/\[(\d+)\]/g, '.$1');
}
