/** Fleets: workgroups with their sessions, read from a file and placed in a region. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AthenaRegion } from '../control/region.js';
import type { Shown } from '../control/session-placement.js';
import { checkJson } from '../parsing/strict-json.js';
import { type Fleet, fleetSchema } from './fleet-schema.js';

/** A believable account: what dbt, notebooks, studios and scripts leave behind. */
export const DEMO_FLEET = fileURLToPath(new URL('demo.json', import.meta.url));

/** A fleet file that cannot be used; the message names each place, what was found and what is allowed. */
export class FleetError extends Error {
  override readonly name = 'FleetError';
}

/**
 * Reads a fleet file.
 * @throws FleetError listing every mistake.
 */
export async function readFleet(path: string): Promise<Fleet> {
  const source = await readFile(path, 'utf8').catch((error: Error) => {
    throw new FleetError(`${path}: cannot be read (${error.message}); allowed: a JSON file`);
  });
  try {
    return parseFleet(JSON.parse(source), path);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new FleetError(`${path}: found broken JSON (${error.message}); allowed: a JSON file`);
  }
}

/**
 * Checks what a fleet file holds.
 * @param source what the message calls the file.
 * @throws FleetError listing every mistake.
 */
export function parseFleet(json: unknown, source = 'fleet'): Fleet {
  const checked = checkJson(fleetSchema, json, 'the whole file');
  if ('value' in checked) return checked.value;
  const mistakes = checked.mistakes.map((mistake) => `  ${mistake}`);
  throw new FleetError([`${source} is not a fleet:`, ...mistakes].join('\n'));
}

/** Puts a fleet into a region; its ages count back from now. */
export function placeFleet(region: AthenaRegion, fleet: Fleet): void {
  for (const { sessions, ...workgroup } of fleet.workgroups) {
    region.createWorkgroup(workgroup);
    for (const { idleSince, ...session } of sessions) {
      const shown = idleSince === undefined ? undefined : idleSinceShown(idleSince, region.now());
      region.putSession({
        ...session,
        workGroup: workgroup.name,
        ...(shown === undefined ? {} : { shows: { IdleSinceDateTime: shown } }),
      });
    }
  }
}

function idleSinceShown(idleSince: 'missing' | { readonly inMinutes: number }, now: number): Shown {
  return idleSince === 'missing' ? 'missing' : new Date(now + idleSince.inMinutes * 60_000);
}
