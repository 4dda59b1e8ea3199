import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { type ReaperConfigInput, readReaperConfig } from '../../lib/config/config.js';
import { SessionReaperStack } from '../../lib/session-reaper-stack.js';

/** An app with the feature flags of cdk.json, which `new App()` does not read, and without bundling. */
export function bareApp(): App {
  return new App({
    context: { ...featureFlags(), 'aws:cdk:bundling-stacks': [] },
    // What a template is made of does not change with them, and they take a fifth of the time.
    stackTraces: false,
    treeMetadata: false,
  });
}

/** Such an app with the reaper's stack. */
export function reaperApp(config: ReaperConfigInput = {}): { app: App; stack: SessionReaperStack } {
  const app = bareApp();
  return {
    app,
    stack: new SessionReaperStack(app, 'AthenaSessionReaper', { config: readReaperConfig(config) }),
  };
}

const templates = new Map<string, Template>();

/** The template of the stack with a configuration; synthesized once for each. */
export function synthesized(config: ReaperConfigInput = {}): Template {
  const key = JSON.stringify(config);
  const template = templates.get(key) ?? Template.fromStack(reaperApp(config).stack);
  templates.set(key, template);
  return template;
}

function featureFlags(): Record<string, unknown> {
  const cdk: { context: Record<string, unknown> } = JSON.parse(
    readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'),
  );
  return Object.fromEntries(Object.entries(cdk.context).filter(([key]) => key !== 'reaper'));
}
