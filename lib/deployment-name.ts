/** The name of a deployment, which the names of its alarms, dashboard, queries and state machine begin with. */
import { Names, Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type Mistake, show } from '../lambda/contract/mistakes.js';
import type { ReaperConfig } from './config/config.js';
import { tokenInsteadOf } from './config-tokens.js';

/**
 * CloudWatch gives alarms, dashboards and saved queries 255 characters. Behind the deployment's name stand a
 * section of the runbook, the region, or the name of the query.
 */
const MOST_CHARACTERS = 200;
/** Step Functions gives a state machine 80 characters, of which `-organization` takes 13. */
const MOST_OF_STATE_MACHINE = 67;

/**
 * The name of a reaper that is given none: that of its stack, or of the outermost one where stacks are nested, and
 * the ids of the constructs below it. Tokens have no part in it, so that names can be checked.
 */
export function defaultDeploymentName(construct: Construct, config: ReaperConfig): string {
  const stack = outermost(Stack.of(construct));
  const ids = construct.node.scopes.slice(stack.node.scopes.length).map(({ node }) => node.id);
  const readable = [stack.stackName, ...ids.filter((id) => id !== 'Default')].join('-');
  if (isRight(readable, mostOf(config))) return readable;
  const maxLength = mostOf(config);
  return Names.uniqueResourceName(construct, {
    maxLength,
    separator: '-',
    allowedSpecialCharacters: '_-',
  });
}

/** What is wrong with a name that was given. */
export function mistakesIn(deploymentName: string, config: ReaperConfig): readonly Mistake[] {
  const path = ['deploymentName'];
  const most = mostOf(config);
  const allowed = `1 to ${most} letters, digits, "-" or "_"`;
  if (Token.isUnresolved(deploymentName)) return [tokenInsteadOf(path, allowed)];
  if (isRight(deploymentName, most)) return [];
  return [{ path, found: show(deploymentName), allowed }];
}

function isRight(name: string, most: number): boolean {
  return name.length <= most && /^[A-Za-z0-9_-]+$/.test(name);
}

function mostOf({ organization }: ReaperConfig): number {
  return organization ? MOST_OF_STATE_MACHINE : MOST_CHARACTERS;
}

/** The stack that is deployed by itself, in which a stack is nested. */
export function outermost(stack: Stack): Stack {
  const { nestedStackParent } = stack;
  return nestedStackParent ? outermost(nestedStackParent) : stack;
}
