/** The stack as CloudFormation templates that are deployed without the CDK and without its bootstrap. */
import { rm } from 'node:fs/promises';
import type { ReaperConfig } from '../../lib/config/config.js';
import { MAIL_PLACEHOLDER, withMailParameter } from './mail-parameter.js';
import { asParameter, type NumberParameter, numberParameters, unusedNumber } from './number-parameters.js';
import { replaced, withReferences } from './placeholders.js';
import { type Parameter, type Template, theOnly } from './template.js';
import { TEMPLATE_ALONE } from './template-alone.js';

export interface DeployableTemplates {
  /** Takes the function's code from a bucket and a key that are parameters. */
  readonly template: Template;
  /** Takes the code from the zip beside it, for `aws cloudformation package`. */
  readonly packageTemplate: Template;
  /** What each swept account has; undefined where no organization is swept. */
  readonly memberRole: Template | undefined;
}

/**
 * Parameters are only what nothing else in the stack is computed from; the settings fix everything else.
 * @param zipName of the function's code.
 * @throws ConfigError where the configuration cannot be used.
 */
export async function deployableTemplates(
  config: ReaperConfig,
  zipName: string,
): Promise<DeployableTemplates> {
  const { stack, memberRole } = await parameterized(config);
  const code = { S3Bucket: { Ref: 'CodeBucket' }, S3Key: { Ref: 'CodeKey' } };
  return {
    template: withCode(stack, code, {
      CodeBucket: { Type: 'String', Description: 'The bucket, in the region of the stack, with the code' },
      CodeKey: { Type: 'String', Description: 'Where the code is in that bucket', Default: zipName },
    }),
    packageTemplate: withCode(stack, zipName, {}),
    memberRole,
  };
}

interface Synthesized {
  readonly stack: Template;
  readonly memberRole: Template | undefined;
}

/** @throws Error where something else is computed from a parameter. */
async function parameterized(given: ReaperConfig): Promise<Synthesized> {
  const { emails, topicArn } = given.notify;
  const ownTopic = topicArn === null;
  const config = ownTopic
    ? { ...given, notify: { ...given.notify, emails: [...emails, MAIL_PLACEHOLDER] } }
    : given;
  const numbers = numberParameters(config);
  const { stack: asGiven, memberRole } = await synthesized(config);
  const text = JSON.stringify(asGiven);
  const placed = numbers.map((number) => ({ ...number, placeholder: unusedNumber(number, text) }));
  const { stack: withPlaceholders } = await synthesized({ ...config, ...placeholdersOf(placed) });
  const back = new Map(placed.map(({ placeholder, given }) => [String(placeholder), String(given)]));
  if (replaced(JSON.stringify(withPlaceholders), back) !== text) {
    throw new Error('Something else in the template is computed from a setting that is to be a parameter');
  }
  const stack = withReferences(
    withPlaceholders,
    placed.map(({ name, placeholder }) => ({ parameter: name, text: String(placeholder) })),
  );
  const parameters = Object.fromEntries(numbers.map((number) => [number.name, asParameter(number)]));
  const template = withParameters(stack, parameters);
  return { stack: ownTopic ? withMailParameter(template) : template, memberRole };
}

function placeholdersOf(
  placed: readonly (NumberParameter & { readonly placeholder: number })[],
): Partial<ReaperConfig> {
  return Object.fromEntries(placed.map(({ setting, placeholder }) => [setting, placeholder]));
}

/** Under the name that the construct has in an app of its own, so that it can be deployed either way. */
async function synthesized(config: ReaperConfig): Promise<Synthesized> {
  const { App, MemberRoleStack, SessionReaperStack } = await import('./cdk.js');
  const app = new App(TEMPLATE_ALONE);
  const reaper = new SessionReaperStack(app, 'AthenaSessionReaper', { config });
  const { organization } = config;
  const member =
    organization && new MemberRoleStack(app, 'AthenaSessionReaperMember', { config, organization });
  const assembly = app.synth();
  const templateOf = (name: string): Template => assembly.getStackByName(name).template;
  try {
    return {
      stack: withoutBootstrap(templateOf(reaper.stackName)),
      memberRole: member ? templateOf(member.stackName) : undefined,
    };
  } finally {
    await rm(assembly.directory, { recursive: true });
  }
}

/** The bucket that the bootstrap makes is replaced by a parameter, and nothing else of it is used. */
function withoutBootstrap({ Rules: _, Parameters = {}, ...template }: Template): Template {
  const { BootstrapVersion: __, ...parameters } = Parameters;
  return { ...template, Parameters: parameters };
}

function withParameters(template: Template, parameters: Readonly<Record<string, Parameter>>): Template {
  return { ...template, Parameters: { ...parameters, ...template.Parameters } };
}

function withCode(
  template: Template,
  code: unknown,
  parameters: Readonly<Record<string, Parameter>>,
): Template {
  const { id, resource } = theOnly(template, 'AWS::Lambda::Function');
  const sweep = { ...resource, Properties: { ...resource.Properties, Code: code } };
  return withParameters({ ...template, Resources: { ...template.Resources, [id]: sweep } }, parameters);
}
