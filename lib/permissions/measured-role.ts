import { Stack } from 'aws-cdk-lib';
import { PolicyDocument, type PolicyStatement, Role, type RoleProps } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { ConfigError } from '../config/config.js';
import { CONTEXT_KEY } from '../config/context/overrides.js';
import { rendered } from './rendered.js';

/** IAM's quotas, in characters without white space. They cannot be raised. */
const MOST_IN_INLINE_POLICIES = 10_240;
const MOST_IN_TRUST_POLICY = 2_048;

export interface MeasuredRoleProps extends Omit<RoleProps, 'inlinePolicies'> {
  readonly statements: readonly PolicyStatement[];
  /** The setting that the statements grow with, for the error. */
  readonly growsWith: readonly [string, ...string[]];
}

/**
 * A role whose permissions stand in an inline policy. What is added to a role later the CDK moves into a managed
 * policy where it is long, and those have room for 6,144 characters only: IAM would refuse it at the deployment.
 */
export class MeasuredRole extends Role {
  /** @throws ConfigError where IAM would refuse a policy as too long. */
  constructor(scope: Construct, id: string, { statements, growsWith, ...props }: MeasuredRoleProps) {
    const document = new PolicyDocument({ statements: [...statements], minimize: false });
    super(scope, id, { ...props, inlinePolicies: { Inline: document } });
    this.#refuse('inline policies', document, MOST_IN_INLINE_POLICIES, growsWith);
    if (this.assumeRolePolicy)
      this.#refuse('trust policy', this.assumeRolePolicy, MOST_IN_TRUST_POLICY, growsWith);
  }

  #refuse(what: string, document: PolicyDocument, most: number, path: readonly string[]): void {
    const characters = JSON.stringify(rendered(Stack.of(this), document)).length;
    if (characters <= most) return;
    const found = `what makes ${what} of about ${characters} characters for the role ${this.node.path}`;
    const allowed = `what fits into the ${most} characters that IAM allows; use fewer entries, or shorter and wider ones`;
    throw new ConfigError([{ path: [CONTEXT_KEY, ...path], found, allowed }]);
  }
}
