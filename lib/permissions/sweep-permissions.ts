import { Aws } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { iamWorkgroupGlob } from '../../lambda/contract/match-keys.js';
import type { Rule } from '../../lambda/contract/settings.js';
import type { ReaperConfig } from '../config/config.js';
import { overlap } from '../config/glob-comparison.js';
import { meansTheSameInIam } from '../config/iam-globs.js';

/**
 * What the function may ask of Athena: the five operations that a sweep uses, in the regions and on the
 * workgroups that are swept. README.md gives the reason for each.
 */
export function sweepPermissions(config: ReaperConfig): readonly PolicyStatement[] {
  const { workgroups, mode, tags, rules } = config;
  const regions = config.regions.length > 0 ? config.regions : [Aws.REGION];
  const exempt = mode === 'terminate' ? permanentlyExempt(rules) : [];
  return [
    new PolicyStatement({
      sid: 'FindWorkgroups',
      actions: ['athena:ListWorkGroups'],
      // Has no resource level in Athena; the condition holds it to the regions that are swept.
      resources: ['*'],
      conditions: { StringEquals: { 'aws:RequestedRegion': regions } },
    }),
    new PolicyStatement({
      sid: 'ListSessions',
      actions: ['athena:ListSessions'],
      resources: arnsOf(workgroups.include, regions, WORKGROUP),
    }),
    new PolicyStatement({
      sid: mode === 'terminate' ? 'LookAtAndEndSessions' : 'LookAtSessions',
      actions: [
        'athena:GetSession',
        ...(tags.enabled ? ['athena:ListTagsForResource'] : []),
        ...(mode === 'terminate' ? ['athena:TerminateSession'] : []),
      ],
      // Athena's authorization names the workgroup, and the session in it where it can.
      resources: arnsOf(workgroups.include, regions, WORKGROUP_AND_SESSIONS),
    }),
    ...deny('NeverTouchExcluded', deniedOnExcluded(config), workgroups.exclude),
    ...deny('NeverEndExempt', ['athena:TerminateSession'], exempt),
  ];
}

/**
 * Globs of the workgroups in which no session can ever be due: of the rules that exempt by what IAM can say, those
 * that no earlier rule with a limit reaches into. Denying any other would deny too much.
 */
export function permanentlyExempt(rules: readonly Rule[]): readonly string[] {
  return rules.flatMap((rule, index) => {
    const workgroup = iamWorkgroupGlob(rule.match);
    if (!('exempt' in rule) || workgroup === undefined) return [];
    const limited = rules
      .slice(0, index)
      .some((earlier) => !('exempt' in earlier) && overlap(earlier.match.workgroup ?? '*', workgroup));
    return limited ? [] : [workgroup];
  });
}

function deniedOnExcluded({ mode }: ReaperConfig): readonly string[] {
  const reads = ['athena:ListSessions', 'athena:GetSession', 'athena:ListTagsForResource'];
  return mode === 'terminate' ? [...reads, 'athena:TerminateSession'] : reads;
}

/** A Deny holds in every region, so that it outlives a change of the others. */
function deny(sid: string, actions: readonly string[], globs: readonly string[]): PolicyStatement[] {
  const deniable = globs.filter(meansTheSameInIam);
  if (deniable.length === 0) return [];
  const resources = arnsOf(deniable, ['*'], WORKGROUP_AND_SESSIONS);
  return [new PolicyStatement({ sid, effect: Effect.DENY, actions: [...actions], resources })];
}

const WORKGROUP = [''];
const WORKGROUP_AND_SESSIONS = ['', '/session/*'];

/** IAM's wildcards are `*` and `?` too. Both ARNs must be allowed, so one that reaches too far grants nothing. */
function arnsOf(globs: readonly string[], regions: readonly string[], suffixes: readonly string[]): string[] {
  return regions.flatMap((region) =>
    globs.flatMap((glob) =>
      suffixes.map(
        (suffix) => `arn:${Aws.PARTITION}:athena:${region}:${Aws.ACCOUNT_ID}:workgroup/${glob}${suffix}`,
      ),
    ),
  );
}
