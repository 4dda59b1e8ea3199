/** Where settings are found: in a file that was asked for, or where the CDK finds the context of an app. */

import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { findUp } from 'find-up-simple';
import { isObject } from '../../../lambda/contract/values.js';
import { misplacedKeys } from '../../../lib/config/context/context-keys.js';
import { CONTEXT_KEY } from '../../../lib/config/context/overrides.js';
import { CommandError, EXIT } from '../terminal/exit-code.js';
import { parseJsonFile } from './json-file.js';

type Context = Readonly<Record<string, unknown>>;

/** The context of a CDK app, and where it was found. */
export interface AppContext {
  readonly context: Context;
  /** For people: the files that hold settings, or why the defaults hold. */
  readonly source: string;
  /** Whether somebody chose these settings: in a file, or the defaults by name. */
  readonly isChosen: boolean;
}

export interface SettingsPlace {
  readonly config?: string;
  /** The defaults, whatever files there are. */
  readonly defaults?: true;
}

/**
 * Reads the context that a deployment from `cwd` would see: that of the nearest `cdk.json`, of `cdk.context.json`
 * beside it, and of `~/.cdk.json`, where a key of the first goes before the same key of the others.
 * @throws CommandError for a file that cannot be read, or holds no settings although it was asked for.
 */
export async function readAppContext({ config, defaults }: SettingsPlace, cwd: string): Promise<AppContext> {
  if (defaults) return { context: {}, source: 'defaults, because of --defaults', isChosen: true };
  if (config !== undefined) {
    const { context } = await readContext(path.resolve(cwd, config), config);
    if (holdsSettings(context)) return { context, source: config, isChosen: true };
    const allowed = `{ "context": { "${CONTEXT_KEY}": { … } } }, as in cdk.json`;
    throw unusable(config, `no settings; allowed: ${allowed}`);
  }
  const files = await Promise.all((await placesFrom(cwd)).map(({ file, name }) => readContext(file, name)));
  const context = Object.assign({}, ...files.map((file) => file.context).toReversed());
  const holding = files.filter((file) => holdsSettings(file.context)).map(({ name }) => name);
  if (holding.length > 0) return { context, source: holding.join(', '), isChosen: true };
  const looked = files.map(({ name }) => name).join(', ');
  const why = looked === '' ? 'no cdk.json here or above' : `no "${CONTEXT_KEY}" in ${looked}`;
  return { context, source: `defaults, ${why}`, isChosen: false };
}

interface Place {
  readonly file: string;
  /** As people are shown it. */
  readonly name: string;
}

/** The files that there are, in the order in which the CDK looks into them. */
async function placesFrom(cwd: string): Promise<readonly Place[]> {
  const [json, contextJson, user] = await Promise.all([
    findUp('cdk.json', { cwd }),
    findUp('cdk.context.json', { cwd }),
    findUp('.cdk.json', { cwd: homedir(), stopAt: homedir() }),
  ]);
  const app = json ?? contextJson;
  const beside = contextJson !== undefined && path.dirname(contextJson) === path.dirname(app ?? '');
  return [
    ...(json === undefined ? [] : [{ file: json, name: path.relative(cwd, json) }]),
    ...(beside ? [{ file: contextJson, name: path.relative(cwd, contextJson) }] : []),
    ...(user === undefined ? [] : [{ file: user, name: '~/.cdk.json' }]),
  ];
}

async function readContext(file: string, name: string): Promise<Place & { readonly context: Context }> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw unusable(name, `nothing to read (${error.code}); allowed: a file like cdk.json`);
  });
  const json = parseJsonFile(text, (what) => unusable(name, what));
  // A file of context alone is one big context.
  const inner = path.basename(file) === 'cdk.context.json' ? json : contextIn(json);
  if (isObject(inner)) return { file, name, context: Object.fromEntries(Object.entries(inner)) };
  throw unusable(name, 'a "context" that is not an object; allowed: an object');
}

function contextIn(json: unknown): unknown {
  return isObject(json) && 'context' in json ? json.context : {};
}

/** Misplaced ones are settings, too: whoever reads them says what is wrong with them. */
function holdsSettings(context: Context): boolean {
  const isOwn = (key: string) => key.split('.')[0] === CONTEXT_KEY;
  return Object.keys(context).some(isOwn) || misplacedKeys(context).length > 0;
}

function unusable(name: string, what: string): CommandError {
  return new CommandError(`The settings in ${name} cannot be used: found ${what}`, EXIT.usage);
}
