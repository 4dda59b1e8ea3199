/** The stack as `cdk deploy` would make it, read back from its template: what runs, and what watches it. */
import { rm } from 'node:fs/promises';
import * as v from 'valibot';
import type { ReaperSettings } from '../../../lambda/contract/settings.js';
import { settingsFrom } from '../../../lambda/settings/read-settings.js';
import { type ReaperConfigInput, readReaperConfig } from '../../../lib/config/config.js';
import { withValues } from '../../template/intrinsics.js';
import { TEMPLATE_ALONE } from '../../template/template-alone.js';

export interface Deployment {
  /** As the function would read them from its environment. */
  readonly settings: ReaperSettings;
  readonly functionName: string;
  readonly timeoutMs: number;
  /** Value of the metrics' only dimension. */
  readonly serviceName: string;
  readonly deadLetterQueueName: string;
  /** By logical id, with references resolved. */
  readonly resources: Resources;
}

const resourcesSchema = v.record(
  v.string(),
  v.object({ Type: v.string(), Properties: v.optional(v.record(v.string(), v.unknown()), {}) }),
);
export type Resources = v.InferOutput<typeof resourcesSchema>;

/**
 * Synthesizes the stack, without its code.
 * @throws ConfigError that lists every mistake in `config` at once.
 */
export async function deploy(config: ReaperConfigInput): Promise<Deployment> {
  const { App, SessionReaperStack } = await import('../../template/cdk.js');
  const app = new App(TEMPLATE_ALONE);
  const stack = new SessionReaperStack(app, 'AthenaSessionReaper', { config: readReaperConfig(config) });
  const assembly = app.synth();
  try {
    return deploymentOf(assembly.getStackByName(stack.stackName).template);
  } finally {
    await rm(assembly.directory, { recursive: true });
  }
}

const functionSchema = v.object({
  Timeout: v.number(),
  Environment: v.object({ Variables: v.record(v.string(), v.string()) }),
});

function deploymentOf(template: { readonly Resources: unknown }): Deployment {
  const resources = v.parse(resourcesSchema, withValues(template.Resources));
  const [functionName, { Properties }] = theOne(resources, 'AWS::Lambda::Function');
  const [queue] = theOne(resources, 'AWS::SQS::Queue');
  const { Timeout, Environment } = v.parse(functionSchema, Properties);
  return {
    settings: settingsFrom(Environment.Variables),
    functionName,
    timeoutMs: Timeout * 1_000,
    serviceName: Environment.Variables.POWERTOOLS_SERVICE_NAME ?? '',
    deadLetterQueueName: `${queue}.QueueName`,
    resources,
  };
}

function theOne(resources: Resources, type: string) {
  const [found, ...others] = Object.entries(resources).filter(([, { Type }]) => Type === type);
  if (!found || others.length > 0) throw new TypeError(`The template has not exactly one ${type}`);
  return found;
}
