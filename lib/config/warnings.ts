import { Annotations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ReaperConfig } from './config.js';
import { meansTheSameInIam } from './iam-globs.js';

/** Some clients keep a session alive with a query every 300 seconds, and people think between two cells. */
const SHORT_LIMIT_MINUTES = 10;
/** Athena's own longest idle timeout: sessions end by then without help. */
const ATHENA_LIMIT_MINUTES = 480;

/** Warns at synthesis about what is allowed and yet seldom meant. */
export function warnAbout(scope: Construct, { idleMinutes, rules, workgroups }: ReaperConfig): void {
  warnAboutLimit(scope, 'idleMinutes', idleMinutes);
  for (const [index, rule] of rules.entries()) {
    if ('idleMinutes' in rule) warnAboutLimit(scope, `rules[${index}].idleMinutes`, rule.idleMinutes);
  }
  for (const glob of workgroups.exclude.filter((excluded) => !meansTheSameInIam(excluded))) {
    Annotations.of(scope).addWarningV2(
      `athena-session-reaper:notDenied:${glob}`,
      `reaper.workgroups.exclude has "${glob}": sweeps leave such workgroups alone, but IAM cannot deny them without denying sessions elsewhere. Name them, or their beginning followed by "*".`,
    );
  }
}

function warnAboutLimit(scope: Construct, path: string, minutes: number): void {
  if (minutes < SHORT_LIMIT_MINUTES) {
    Annotations.of(scope).addWarningV2(
      `athena-session-reaper:shortLimit:${idOf(path)}`,
      `reaper.${path} is ${minutes}: below ${SHORT_LIMIT_MINUTES} minutes people lose sessions that they are thinking about.`,
    );
  }
  if (minutes >= ATHENA_LIMIT_MINUTES) {
    Annotations.of(scope).addWarningV2(
      `athena-session-reaper:pointlessLimit:${idOf(path)}`,
      `reaper.${path} is ${minutes}: Athena itself ends idle sessions after ${ATHENA_LIMIT_MINUTES} minutes at most, so this ends none.`,
    );
  }
}

/** The CDK takes brackets in an id for a part of its own. */
function idOf(path: string): string {
  return path.replaceAll(/\[(\d+)\]/g, '.$1');
}
