/** How the CDK is asked for a template, and for nothing beside it. */
import type { AppProps } from 'aws-cdk-lib';

/** Without the function's code, and without what changes no template and takes half of the time, e.g. checks and traces. */
export const TEMPLATE_ALONE = {
  context: {
    'aws:cdk:bundling-stacks': [],
    'aws:cdk:disable-creation-stack-traces': true,
    'aws:cdk:disable-logicalId-metadata': true,
    '@aws-cdk/core:enableAdditionalMetadataCollection': false,
    '@aws-cdk/core:suppressTemplateIndentation': true,
  },
  builtinCloudFormationValidation: false,
  treeMetadata: false,
  stackTraces: false,
} as const satisfies AppProps;
