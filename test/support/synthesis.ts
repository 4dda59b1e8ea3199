import { readFileSync } from 'node:fs';
import { App, type AppProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { type ReaperConfigInput, readReaperConfig } from '../../lib/config/config.js';
import { SessionReaperStack } from '../../lib/session-reaper-stack.js';
import { TEMPLATE_ALONE } from '../../local/template/template-alone.js';

/**
 * An app with the feature flags of cdk.json, which `new App()` does not read, and without bundling.
 * @param props what is asked for beside the templates.
 */
export function bareApp(props: AppProps = {}): App {
  return new App({ ...TEMPLATE_ALONE, context: { ...FEATURE_FLAGS, ...TEMPLATE_ALONE.context }, ...props });
}

/** Such an app with the reaper's stack. */
export function reaperApp(config: ReaperConfigInput = {}): { app: App; stack: SessionReaperStack } {
  const app = bareApp();
  return {
    app,
    stack: new SessionReaperStack(app, 'AthenaSessionReaper', { config: readReaperConfig(config) }),
  };
}

/** A stack for each configuration, by its name, in one app: an app applies the rules that it is held to once. */
export function stackOfEach(configurations: Readonly<Record<string, ReaperConfigInput>>, app: App) {
  return Object.entries(configurations).map(([name, config]) => {
    const properties = { config: readReaperConfig(config), stackName: 'AthenaSessionReaper' };
    return [name, new SessionReaperStack(app, name.replaceAll(/\W/g, '-'), properties)] as const;
  });
}

const FEATURE_FLAGS = featureFlags();
const templates = new Map<string, Template>();

/** The template of the stack with a configuration; synthesized once for each, with its defaults written or left out. */
export function synthesized(config: ReaperConfigInput = {}): Template {
  const key = JSON.stringify(readReaperConfig(config));
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
