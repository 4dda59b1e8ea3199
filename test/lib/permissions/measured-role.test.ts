import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ArnPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { describe, expect, it } from 'vitest';
import type { ReaperConfigInput } from '../../../lib/config/config.js';
import { MeasuredRole } from '../../../lib/permissions/measured-role.js';
import { statementsOf } from '../../support/iam.js';
import { ORGANIZATION } from '../../support/organization/hub.js';
import { memberStack } from '../../support/organization/templates.js';
import { someOf } from '../../support/property-share.js';
import { bareApp, reaperApp } from '../../support/synthesis.js';

/** What IAM allows the inline policies of a role. */
const QUOTA = 10_240;

const name = (index: number, length: number) => `${index}-`.padEnd(length, 'x');
const names = (count: number, length: number) => Array.from({ length: count }, (_, n) => name(n, length));
const LONG_NAME = 'm'.repeat(44);
const accountIds = (count: number) => Array.from({ length: count }, (_, n) => String(100_000_000_000 + n));

/** Settings that grow: each makes the policy of a role longer. */
const GROWING = {
  'long excludes': (count: number) => ({ workgroups: { exclude: names(count, 54) } }),
  includes: (count: number) => ({ workgroups: { include: names(count, 30) } }),
  'exempt workgroups': (count: number) => ({
    rules: names(count, 40).map((workgroup) => ({ match: { workgroup }, exempt: true as const })),
  }),
} as const satisfies Record<string, (count: number) => ReaperConfigInput>;

describe.each(someOf(Object.entries(GROWING)))('with more and more %s', (_, settings) => {
  const most = largest((count) => reaperApp(settings(count)));
  const member = (count: number) =>
    memberStack(bareApp(), { ...settings(count), organization: ORGANIZATION });
  const mostOfMember = largest(member);

  it('the most that passes fits into IAM, and without a managed policy', () => {
    const { stack } = reaperApp(settings(most));

    expect(longestPolicy(stack)).toBeLessThanOrEqual(QUOTA);
    Template.fromStack(stack).resourceCountIs('AWS::IAM::ManagedPolicy', 0);
  });

  it('one more is refused, with the setting and what IAM allows', () => {
    expect(() => reaperApp(settings(most + 1))).toThrow(
      /reaper(\.workgroups)?: found .* characters|bytes of /,
    );
  });

  it('the most that passes for the member role of an organization fits too', () => {
    const stack = member(mostOfMember);

    expect(longestPolicy(stack)).toBeLessThanOrEqual(QUOTA);
    Template.fromStack(stack).resourceCountIs('AWS::IAM::ManagedPolicy', 0);
  });
});

it('nine regions of an organization with six includes take no more room than one', () => {
  const regions = Array.from({ length: 9 }, (_, n) => `eu-west-${n + 1}`);
  const workgroups = { include: names(6, 20) };
  const stack = memberStack(bareApp(), { workgroups, organization: { ...ORGANIZATION, regions } });

  expect(longestPolicy(stack)).toBeLessThan(3_000);
});

it.each(someOf([3_000, 1, 80, 100, 500]))(
  '%i accounts with a long role name fit into the policy of the hub',
  (count) => {
    const accounts = accountIds(count);
    const { stack } = reaperApp({ organization: { ...ORGANIZATION, accounts, memberRoleName: LONG_NAME } });

    expect(longestPolicy(stack)).toBeLessThanOrEqual(QUOTA);
  },
);

it('a trust policy that IAM would refuse as too long is refused', () => {
  const principal = new ArnPrincipal(`arn:aws:iam::111122223333:role/${'r'.repeat(2_000)}`);
  const role = (assumedBy: ArnPrincipal | ServicePrincipal) =>
    new MeasuredRole(new Stack(), 'Role', {
      assumedBy,
      statements: [statement()],
      growsWith: ['organization'],
    });

  expect(() => role(principal)).toThrow(/reaper\.organization: found what makes trust policy .* 2048/);
  expect(() => role(new ServicePrincipal('lambda.amazonaws.com'))).not.toThrow();
});

function statement(): PolicyStatement {
  return new PolicyStatement({ actions: ['sns:Publish'], resources: ['*'] });
}

/** The largest count that is not refused. */
function largest(make: (count: number) => unknown): number {
  let [passes, refused] = [1, 400];
  while (refused - passes > 1) {
    const middle = Math.floor((passes + refused) / 2);
    try {
      make(middle);
      passes = middle;
    } catch {
      refused = middle;
    }
  }
  return passes;
}

/** Characters of the policies of the role that has the longest. */
function longestPolicy(stack: Stack): number {
  const template = Template.fromStack(stack);
  const lengths = Object.keys(template.findResources('AWS::IAM::Role')).map(
    (id) => JSON.stringify(statementsOf(template.toJSON(), (role) => role === id)).length,
  );
  return Math.max(...lengths);
}
