/** Worlds as people write them: a JSON file, or `name=value,name=value`. */
import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { checkJson, number, oneOf, strictObject } from '../parsing/strict-json.js';
import { DEFAULT_WORLD, DEFAULT_WORLD_TEXT, WORLD_ANSWERS, type World } from './world.js';

/** A world that cannot be used; the message names each switch, what was found and what is allowed. */
export class WorldError extends Error {
  override readonly name = 'WorldError';
}

const d = DEFAULT_WORLD;
const worldSchema: v.GenericSchema<unknown, World> = strictObject({
  lastModified: v.optional(oneOf(WORLD_ANSWERS.lastModified), d.lastModified),
  idleSince: v.optional(oneOf(WORLD_ANSWERS.idleSince), d.idleSince),
  listedInstants: v.optional(oneOf(WORLD_ANSWERS.listedInstants), d.listedInstants),
  sessionTags: v.optional(oneOf(WORLD_ANSWERS.sessionTags), d.sessionTags),
  workgroupTags: v.optional(oneOf(WORLD_ANSWERS.workgroupTags), d.workgroupTags),
  defaultIdleTimeout: v.optional(oneOf(WORLD_ANSWERS.defaultIdleTimeout), d.defaultIdleTimeout),
  unknownSession: v.optional(oneOf(WORLD_ANSWERS.unknownSession), d.unknownSession),
  sqlListing: v.optional(oneOf(WORLD_ANSWERS.sqlListing), d.sqlListing),
  unfilteredListing: v.optional(oneOf(WORLD_ANSWERS.unfilteredListing), d.unfilteredListing),
  terminateAnswer: v.optional(oneOf(WORLD_ANSWERS.terminateAnswer), d.terminateAnswer),
  secondsToTerminated: v.optional(number(0, 86_400), d.secondsToTerminated),
  denyBySessionTag: v.optional(oneOf(WORLD_ANSWERS.denyBySessionTag), d.denyBySessionTag),
  sparkConnectWork: v.optional(oneOf(WORLD_ANSWERS.sparkConnectWork), d.sparkConnectWork),
});

/**
 * Checks a world; switches that it leaves out have their default.
 * @param source what the message calls it.
 * @throws WorldError listing every mistake.
 */
export function parseWorld(json: unknown, source = 'world'): World {
  const checked = checkJson(worldSchema, json, 'the whole');
  if ('value' in checked) return checked.value;
  const mistakes = checked.mistakes.map((mistake) => `  ${mistake}`);
  throw new WorldError([`${source} is not a world:`, ...mistakes].join('\n'));
}

/**
 * Reads what `--world` was given: the path of a JSON file, the text of `describeWorld`, or any text like it.
 * @throws WorldError listing every mistake.
 */
export async function readWorld(argument: string): Promise<World> {
  if (argument === DEFAULT_WORLD_TEXT) return DEFAULT_WORLD;
  if (argument.includes('=')) return parseWorld(switchesIn(argument), argument);
  const text = await readFile(argument, 'utf8').catch((error: Error) => {
    throw new WorldError(
      `${argument}: cannot be read (${error.message}); allowed: a JSON file, or name=value,name=value`,
    );
  });
  return parseWorld(parsedJson(text, argument), argument);
}

function parsedJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new WorldError(`${source}: found broken JSON (${String(error)}); allowed: a JSON file`);
  }
}

/** @throws WorldError for a part that is not `name=value`, and a name that is there twice. */
function switchesIn(text: string): Readonly<Record<string, string | number>> {
  const switches = new Map<string, string | number>();
  for (const part of text.split(',')) {
    const [, name, answer] = /^\s*(\w+)\s*=\s*(\S+)\s*$/.exec(part) ?? [];
    if (name === undefined || answer === undefined) {
      throw new WorldError(`${text}: found ${JSON.stringify(part)}; allowed: name=value,name=value`);
    }
    if (switches.has(name)) throw new WorldError(`${text}: found ${name} twice; allowed: each switch once`);
    switches.set(name, /^\d+(\.\d+)?$/.test(answer) ? Number(answer) : answer);
  }
  return Object.fromEntries(switches);
}
