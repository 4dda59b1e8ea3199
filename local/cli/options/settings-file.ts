import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { findUp } from 'find-up-simple';
import { CONTEXT_KEY } from '../../../lib/config/overrides.js';
import { CommandError, EXIT } from '../terminal/exit-code.js';

/** The context of a CDK app, and where it was found. */
export interface AppContext {
  readonly context: Readonly<Record<string, unknown>>;
  /** For people: the file, or why there is none. */
  readonly source: string;
}

/**
 * Reads the context that a file gives to a CDK app: of the nearest `cdk.json`, which is the one that a
 * deployment from here would read, or of a file that was asked for.
 * @throws CommandError for a file that cannot be read or holds no settings although it was asked for.
 */
export async function readAppContext(file: string | undefined, cwd: string): Promise<AppContext> {
  if (file !== undefined) {
    const context = await contextOf(path.resolve(cwd, file));
    if (Object.keys(context).some((key) => key.split('.')[0] === CONTEXT_KEY))
      return { context, source: file };
    throw unusable(file, `no settings; allowed: { "context": { "${CONTEXT_KEY}": { … } } }, as in cdk.json`);
  }
  const nearest = await findUp('cdk.json', { cwd });
  if (nearest === undefined) return { context: {}, source: 'defaults, no cdk.json here or above' };
  const context = await contextOf(nearest);
  const source = path.relative(cwd, nearest);
  return { context, source: CONTEXT_KEY in context ? source : `defaults, no "${CONTEXT_KEY}" in ${source}` };
}

async function contextOf(file: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw unusable(file, `nothing to read (${error.code}); allowed: a file like cdk.json`);
  });
  const json = parsed(text, file);
  const context = isObject(json) && 'context' in json ? json.context : {};
  if (isObject(context)) return Object.fromEntries(Object.entries(context));
  throw unusable(file, 'a "context" that is not an object; allowed: an object');
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unusable(file, `text that is not JSON (${String(error)}); allowed: one JSON object`);
  }
}

/** Whether a value of JSON is an object with keys. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unusable(file: string, what: string): CommandError {
  return new CommandError(`The settings in ${file} cannot be used: found ${what}`, EXIT.usage);
}
