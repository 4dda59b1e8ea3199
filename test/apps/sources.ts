/** Source files of the apps: written as users write them, and compiled by the apps' own TypeScript. */
import { CONFIGURATIONS } from '../support/configurations.js';

const ORGANIZATION = {
  accounts: 'all',
  regions: ['eu-west-1', 'us-east-1'],
  externalId: 'example',
  organizationId: 'o-a1b2c3d4e5',
};

export const APP_STACK = `
import * as cdk from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AthenaSessionReaper, AthenaSessionReaperProps } from 'athena-session-reaper';

export class DataStack extends cdk.Stack {
  readonly reaper: AthenaSessionReaper;

  constructor(scope: Construct, id: string, props?: AthenaSessionReaperProps) {
    super(scope, id, { env: { region: 'eu-west-1' } });
    this.reaper = new AthenaSessionReaper(this, 'Reaper', props);
  }
}
`;

export const APP = `
import * as cdk from 'aws-cdk-lib';
import { DataStack } from '../lib/data-stack';

new DataStack(new cdk.App(), 'Data');
`;

export const APP_TEST = `
import * as cdk from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { MemberRoleStack, ReaperConfigInput, readReaperConfig } from 'athena-session-reaper';
import { DataStack } from '../lib/data-stack';

const configurations: Record<string, ReaperConfigInput> = ${JSON.stringify(
  { ...CONFIGURATIONS, 'an organization': { organization: ORGANIZATION } },
  undefined,
  2,
)};

for (const [name, config] of Object.entries(configurations)) {
  test(name, () => {
    const app = new cdk.App();
    const stack = new DataStack(app, 'Data', { config });
    expect(stack.reaper.config).toMatchObject(config);
    cdk.Aspects.of(app).add(new AwsSolutionsChecks());
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 1);
    expectNothingSaid(stack);
  });
}

test('the role of a member account', () => {
  const app = new cdk.App();
  const config = readReaperConfig(configurations['an organization']);
  const { organization } = config;
  if (organization === null) throw new Error('no organization');
  const stack = new MemberRoleStack(app, 'Member', { config, organization });
  cdk.Aspects.of(app).add(new AwsSolutionsChecks());
  Template.fromStack(stack).resourceCountIs('AWS::IAM::Role', 1);
  expectNothingSaid(stack);
});

function expectNothingSaid(stack: cdk.Stack): void {
  const annotations = Annotations.fromStack(stack);
  expect(annotations.findWarning('*', Match.anyValue())).toEqual([]);
  expect(annotations.findError('*', Match.anyValue())).toEqual([]);
}
`;

export const ES_MODULE = `
import { App, Stack } from 'aws-cdk-lib';
import { AthenaSessionReaper } from 'athena-session-reaper';

const app = new App();
const reaper = new AthenaSessionReaper(new Stack(app, 'Data'), 'Reaper', { config: { idleMinutes: 45 } });
app.synth();
console.log(reaper.config.idleMinutes);
`;
