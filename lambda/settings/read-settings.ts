/**
 * Reads settings and events strictly: a value that compares false to everything would end nothing, and nobody would
 * notice, so every mistake is named before any call is made.
 */
import * as v from 'valibot';
import { lineOf, readBy, show } from '../contract/mistakes.js';
import { type Narrowing, PATTERNS, type ReaperSettings, type SweepSettings } from '../contract/settings.js';
import { settingsSchema } from '../contract/settings-schema.js';
import { SETTINGS_VARIABLE } from '../contract/telemetry.js';
import { listOf, matching, object } from '../contract/values.js';

const narrowingSchema = object({
  mode: v.exactOptional(v.literal('report', '"report"; an event cannot widen what is deployed')),
  regions: v.exactOptional(
    v.pipe(
      listOf(matching(PATTERNS.region)),
      v.check((regions) => regions.length > 0, 'at least one region'),
    ),
  ),
  workgroups: v.exactOptional(
    v.pipe(
      listOf(matching(PATTERNS.workgroupGlob)),
      v.check((globs) => globs.length > 0, 'at least one glob'),
    ),
  ),
});

/** Settings, an event or a context that cannot be used; the message lists every mistake with its path. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  constructor(
    subject: string,
    readonly mistakes: readonly string[],
  ) {
    super(`${subject} cannot be used:\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`);
  }
}

/**
 * Reads the settings from the environment variable `REAPER_SETTINGS`.
 * @throws SettingsError that lists every mistake at once.
 */
export function settingsFrom(environment: Readonly<Record<string, string | undefined>>): ReaperSettings {
  const json = environment[SETTINGS_VARIABLE];
  const subject = `The settings in ${SETTINGS_VARIABLE}`;
  if (json === undefined || json.trim() === '') {
    throw new SettingsError(subject, ['found nothing; allowed: settings as one JSON object']);
  }
  return parseSettings(parseJson(json, subject), subject);
}

/**
 * Checks settings and fills in what they leave out from `DEFAULT_SETTINGS`.
 * @throws SettingsError that lists every mistake at once.
 */
export function parseSettings(value: unknown, subject = 'The settings'): ReaperSettings {
  return checked(settingsSchema, value, subject);
}

/**
 * Applies an event to the deployed settings. Workgroups of an event are globs that must match too.
 * @throws SettingsError where the event is malformed or names a region that is not deployed.
 */
export function narrow(settings: ReaperSettings, event: unknown, ownRegion: string): SweepSettings {
  const wanted: Narrowing = checked(narrowingSchema, event ?? {}, 'The event');
  const deployed = settings.regions.length > 0 ? settings.regions : [ownRegion];
  const unknown = (wanted.regions ?? []).filter((region) => !deployed.includes(region));
  if (unknown.length > 0) {
    throw new SettingsError(
      'The event',
      unknown.map((region) => `regions: found ${show(region)}; allowed: ${deployed.join(', ')}`),
    );
  }
  return {
    ...settings,
    mode: wanted.mode ?? settings.mode,
    regions: [...new Set(wanted.regions ?? deployed)],
    onlyWorkgroups: wanted.workgroups ?? ['*'],
  };
}

function parseJson(json: string, subject: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new SettingsError(subject, [
      `found text that is not JSON (${String(error)}); allowed: one JSON object`,
    ]);
  }
}

/**
 * @throws SettingsError that lists every mistake at once.
 * @internal
 */
export function checked<T extends v.GenericSchema>(
  schema: T,
  value: unknown,
  subject: string,
): v.InferOutput<T> {
  const reading = readBy(schema, value);
  if ('output' in reading) return reading.output;
  throw new SettingsError(subject, reading.mistakes.map(lineOf));
}
