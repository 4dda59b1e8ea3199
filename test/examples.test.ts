import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as v from 'valibot';
import { describe, expect, test, vi } from 'vitest';
import { readReaperConfig } from '../lib/config/config.js';
import { deployableTemplates } from '../local/template/deployable-templates.js';
import { TEMPLATE_ALONE } from '../local/template/template-alone.js';
import { terraformExample } from './support/terraform.js';

const EXAMPLES = readdirSync('examples', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const APPS = EXAMPLES.filter((name) => existsSync(`examples/${name}/cdk.json`));

interface CdkJson {
  readonly app: string;
  readonly context?: Readonly<Record<string, unknown>>;
}

function cdkJsonOf(example: string): CdkJson {
  return JSON.parse(readFileSync(`examples/${example}/cdk.json`, 'utf8'));
}

type Artifact = ReturnType<ReturnType<App['synth']>['getStackArtifact']>;
const synthesized = new Map<string, Promise<readonly Artifact[]>>();

/** The stacks of an example; synthesized once. */
function stacksOf(example: string): Promise<readonly Artifact[]> {
  const stacks = synthesized.get(example) ?? synthesizedStacks(example);
  synthesized.set(example, stacks);
  return stacks;
}

/** Runs an example as its cdk.json says, with the context that the CDK's command line hands over. */
async function synthesizedStacks(example: string): Promise<readonly Artifact[]> {
  const { app: command, context } = cdkJsonOf(example);
  const file = command.replace(/^npx tsx /, '');
  vi.stubEnv('CDK_CONTEXT_JSON', JSON.stringify({ ...context, ...TEMPLATE_ALONE.context }));
  // Two of them run the same file: each runs one of its own.
  const { app }: { app: App } = await import(`${path.resolve('examples', example, file)}?${example}`);
  const assembly = app.synth();
  const stacks = app.node.children.filter(Stack.isStack);
  return stacks.map(({ artifactId }) => assembly.getStackArtifact(artifactId));
}

/** The template of the stack with the reaper. */
async function templateOf(example: string): Promise<Template> {
  const [stack] = await stacksOf(example);
  if (stack === undefined) throw new Error(`examples/${example} has no stack`);
  return Template.fromJSON(stack.template);
}

describe.each(APPS)('examples/%s', (example) => {
  test('synthesizes, and the CDK has nothing to say about it', async () => {
    const stacks = await stacksOf(example);

    expect(stacks.length).toBeGreaterThan(0);
    for (const { template, messages } of stacks) {
      expect(Object.keys(template.Resources).length).toBeGreaterThan(0);
      expect(messages.filter(({ level }) => level !== 'info')).toEqual([]);
    }
  });
});

test.each(APPS.filter((example) => cdkJsonOf(example).context))(
  'examples/%s deploys the settings of its cdk.json',
  async (example) => {
    const { idleMinutes, mode, rules } = readReaperConfig(cdkJsonOf(example).context?.reaper);
    const [sweep] = Object.values((await templateOf(example)).findResources('AWS::Lambda::Function'));

    expect(JSON.parse(sweep?.Properties.Environment.Variables.REAPER_SETTINGS)).toMatchObject({
      idleMinutes,
      mode,
      rules,
    });
  },
);

test('the reaper in an app of its own uses the topic and the key that are there', async () => {
  const template = await templateOf('own-app');

  template.resourceCountIs('AWS::SNS::Topic', 1);
  template.resourceCountIs('AWS::KMS::Key', 1);
  const [topic] = Object.keys(template.findResources('AWS::SNS::Topic'));
  const [key] = Object.keys(template.findResources('AWS::KMS::Key'));
  template.allResourcesProperties('AWS::CloudWatch::CompositeAlarm', { AlarmActions: [{ Ref: topic }] });
  template.hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: { 'Fn::GetAtt': [key, 'Arn'] } });
});

test('the organization has a template for the role of its accounts', async () => {
  const [, member] = await stacksOf('organization');

  expect(member && Template.fromJSON(member.template).findResources('AWS::IAM::Role')).not.toEqual({});
});

describe('the example for Terraform, as its parser reads it', async () => {
  const example = await terraformExample();
  const text = JSON.stringify(example);

  test('gives the template no parameter that it does not have, and each that it must be given', async () => {
    const [stack] = Object.values(example.resource.aws_cloudformation_stack ?? {});
    const given = Object.keys(v.parse(v.looseObject({}), stack?.[0].parameters));
    const { template } = await deployableTemplates(readReaperConfig({}), 'code.zip');
    const parameters = Object.entries(template.Parameters ?? {});
    const required = parameters.filter(([, parameter]) => !('Default' in parameter)).map(([name]) => name);

    expect(parameters.map(([name]) => name)).toEqual(expect.arrayContaining(given));
    expect(given).toEqual(expect.arrayContaining(required));
  });

  test('has the defaults of the settings, and refers to nothing that it does not declare', () => {
    expect(example.variable.idle_minutes?.[0].default).toBe(readReaperConfig({}).idleMinutes);
    const referred = [...text.matchAll(/\b(?:var|local|(?:data\.)?aws_\w+)\.\w+/g)].map(([name]) => name);
    const declared = [
      ...Object.keys(example.variable).map((name) => `var.${name}`),
      ...Object.keys(example.locals[0]).map((name) => `local.${name}`),
      ...Object.entries(example.data).flatMap(([type, names]) =>
        Object.keys(names).map((name) => `data.${type}.${name}`),
      ),
      ...Object.entries(example.resource).flatMap(([type, names]) =>
        Object.keys(names).map((name) => `${type}.${name}`),
      ),
    ];
    expect(referred.length).toBeGreaterThan(5);
    expect(declared).toEqual(expect.arrayContaining(referred));
  });
});

test.each(EXAMPLES)('examples/%s has a README of about ten lines, which the index names', (example) => {
  const lines = readFileSync(`examples/${example}/README.md`, 'utf8').trim().split('\n');

  expect(lines.length).toBeGreaterThanOrEqual(8);
  expect(lines.length).toBeLessThanOrEqual(20);
  expect(readFileSync('examples/README.md', 'utf8')).toContain(`(${example}/README.md)`);
});
