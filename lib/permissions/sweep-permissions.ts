import { Aws } from 'aws-cdk-lib';
import { type Conditions, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { iamWorkgroupGlob } from '../../lambda/contract/match-keys.js';
import type { Rule } from '../../lambda/contract/settings.js';
import type { ReaperConfig } from '../config/config.js';
import { overlap } from '../config/globs/glob-comparison.js';
import { meansTheSameInIam } from '../config/globs/iam-globs.js';

/**
 * What the function may ask of Athena: the five operations that a sweep uses, in the regions and on the
 * workgroups that are swept. docs/security.md gives the reason for each. The regions stand in a condition, once: an ARN
 * for each region and glob would outgrow what IAM allows.
 */
export function sweepPermissions(config: ReaperConfig): readonly PolicyStatement[] {
  const { workgroups, mode, tags, rules } = config;
  const regions = config.regions.length > 0 ? config.regions : [Aws.REGION];
  const conditions = { StringEquals: { 'aws:RequestedRegion': regions } };
  const exempt = mode === 'terminate' ? permanentlyExempt(rules) : [];
  return [
    // Has no resource level in Athena.
    new PolicyStatement({
      sid: 'FindWorkgroups',
      actions: ['athena:ListWorkGroups'],
      resources: ['*'],
      conditions,
    }),
    new PolicyStatement({
      sid: mode === 'terminate' ? 'LookAtAndEndSessions' : 'LookAtSessions',
      actions: [
        'athena:ListSessions',
        'athena:GetSession',
        ...(tags.enabled ? ['athena:ListTagsForResource'] : []),
        ...(mode === 'terminate' ? ['athena:TerminateSession'] : []),
      ],
      resources: workgroups.include.flatMap(workgroupAndSessions),
      conditions,
    }),
    ...(config.owner.cloudTrail && mode === 'terminate' ? [lookUpStarters(conditions)] : []),
    ...deny('NeverTouchExcluded', deniedOnExcluded(config), workgroups.exclude),
    ...deny('NeverEndExempt', ['athena:TerminateSession'], exempt),
    ...(hasTagDeny(config) ? [denyExemptByTag(tags.prefix)] : []),
  ];
}

/** Has no resource level in CloudTrail. */
function lookUpStarters(conditions: Conditions): PolicyStatement {
  const actions = ['cloudtrail:LookupEvents'];
  return new PolicyStatement({ sid: 'LookUpWhoStarted', actions, resources: ['*'], conditions });
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

/** With an age after which no tag exempts a session, a Deny would keep it alive for good. */
function hasTagDeny({ mode, tags }: ReaperConfig): boolean {
  return mode === 'terminate' && tags.enabled && tags.maxExemptDays === undefined;
}

function deniedOnExcluded({ mode }: ReaperConfig): readonly string[] {
  const reads = ['athena:ListSessions', 'athena:GetSession', 'athena:ListTagsForResource'];
  return mode === 'terminate' ? [...reads, 'athena:TerminateSession'] : reads;
}

/**
 * A second barrier behind the last look, not a promise: IAM judges the resources that Athena names in its request,
 * perhaps the workgroup alone, and knows no dates. Names of condition keys have no letter case.
 */
function denyExemptByTag(prefix: string): PolicyStatement {
  return new PolicyStatement({
    sid: 'NeverEndTaggedExempt',
    effect: Effect.DENY,
    actions: ['athena:TerminateSession'],
    resources: workgroupAndSessions('*'),
    conditions: { StringEqualsIgnoreCase: { [`aws:ResourceTag/${prefix}:exempt`]: 'true' } },
  });
}

/** A Deny holds in every region, so that it outlives a change of the others. */
function deny(sid: string, actions: readonly string[], globs: readonly string[]): PolicyStatement[] {
  const deniable = globs.filter(meansTheSameInIam);
  if (deniable.length === 0) return [];
  const resources = deniable.flatMap(workgroupAndSessions);
  return [new PolicyStatement({ sid, effect: Effect.DENY, actions: [...actions], resources })];
}

/**
 * The workgroups of a glob, and the sessions in them: Athena's authorization names the workgroup, and the session
 * where it can, and both must be allowed. IAM's wildcards are `*` and `?` too, but there a `*` at the end matches
 * the sessions as well.
 */
function workgroupAndSessions(glob: string): string[] {
  const workgroup = `arn:${Aws.PARTITION}:athena:*:${Aws.ACCOUNT_ID}:workgroup/${glob}`;
  return glob.endsWith('*') ? [workgroup] : [workgroup, `${workgroup}/session/*`];
}
