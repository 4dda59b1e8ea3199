import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { expect, test } from 'vitest';
import { acknowledge } from '../../../lib/permissions/acknowledge.js';

/** A construct of one resource, acknowledged, beside one that is not. */
function acknowledged(): { app: App; stack: Stack } {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const construct = new Construct(stack, 'Known');
  new CfnResource(construct, 'Resource', { type: 'Some::Thing' });
  new CfnResource(stack, 'Other', { type: 'Another::Thing' });
  acknowledge(construct, [
    { rule: 'Rule-1', findings: ['Resource::*', 'Action::*'], reason: 'Both are meant.' },
    { rule: 'Rule-2', reason: 'So is this.' },
  ]);
  return { app, stack };
}

test('cdk-nag 2 finds the reasons in the metadata of the resources, and of no other', () => {
  const { app, stack } = acknowledged();
  const { Resources } = app.synth().getStackByName(stack.stackName).template;
  const metadata = Object.values<{ Type: string; Metadata?: unknown }>(Resources).map((resource) => [
    resource.Type,
    resource.Metadata,
  ]);
  expect(Object.fromEntries(metadata)).toMatchObject({
    'Some::Thing': {
      cdk_nag: {
        rules_to_suppress: [
          { id: 'Rule-1', reason: 'Both are meant.', applies_to: ['Resource::*', 'Action::*'] },
          { id: 'Rule-2', reason: 'So is this.' },
        ],
      },
    },
  });
  expect(JSON.stringify(metadata.find(([type]) => type === 'Another::Thing') ?? '')).not.toContain('cdk_nag');
});

test('cdk-nag 3 finds each finding by a name of its own', () => {
  const { stack } = acknowledged();
  const { metadata } = stack.node.findChild('Known').node;
  expect(
    metadata.flatMap(({ data }) => Object.keys(data)).map((id) => id.replace(/^annotation::/i, '')),
  ).toEqual(['Rule-1[Resource::*]', 'Rule-1[Action::*]', 'Rule-2']);
});
