/** What to say where a sweep found nothing to list, because a region or a glob is perhaps not the one that was meant. */
import { closest, distance } from 'fastest-levenshtein';
import type { ReaperSettings } from '../../lambda/contract/settings.js';
import { matchesAny, matchesGlob } from '../../lambda/policy/globs.js';
import type { SeenWorkgroup, SweepView } from './sweep-view.js';

export interface Selection {
  /** Globs that workgroups were chosen by. */
  readonly include: readonly string[];
  /** Globs that the person excluded workgroups by in this command. */
  readonly exclude: readonly string[];
  /** Regions that the AWS configuration of this machine names. */
  readonly configuredRegions: readonly string[];
}

/** @returns a sentence or two for each region without a Spark workgroup and each glob that matches nothing. */
export function emptyAnswers(
  { report: { regions }, workgroups }: SweepView,
  { include, exclude, configuredRegions }: Selection,
): readonly string[] {
  const spark = workgroups.filter((workgroup) => !runsSql(workgroup));
  const empty = regions
    .filter(({ counts, error }) => error === undefined && counts.notListed === 0)
    .map(({ region }) => region)
    .filter((region) => spark.every((workgroup) => workgroup.region !== region));
  const looked = regions.map(({ region }) => region);
  const others = configuredRegions.filter((region) => !looked.includes(region));
  const ofRegions = empty.length === 0 ? [] : [noSpark(empty, others)];
  if (spark.length === 0) return ofRegions;
  const unmatched = [...include, ...exclude].filter(
    (glob) => !spark.some(({ name }) => matchesGlob(glob, name)),
  );
  return [...ofRegions, ...unmatched.map((glob) => noMatch(glob, workgroups))];
}

/** Whether there are Spark workgroups, and the settings select none of them. */
export function isNothingSelected(
  { workgroups }: SweepView,
  { include, exclude }: ReaperSettings['workgroups'],
): boolean {
  const spark = workgroups.filter((workgroup) => !runsSql(workgroup));
  const isSelected = ({ name }: SeenWorkgroup) => matchesAny(include, name) && !matchesAny(exclude, name);
  return spark.length > 0 && !spark.some(isSelected);
}

function noSpark(empty: readonly string[], others: readonly string[]): string {
  const meant =
    others.length === 0
      ? 'name others with --region.'
      : `your AWS configuration also names ${others.map((region) => `--region ${region}`).join(', ')}.`;
  return `No Spark workgroup in ${empty.join(', ')}. If sessions are elsewhere, ${meant}`;
}

function noMatch(glob: string, workgroups: readonly SeenWorkgroup[]): string {
  const sql = workgroups.filter((one) => runsSql(one) && matchesGlob(glob, one.name)).map(({ name }) => name);
  if (sql.length > 0) return `"${glob}" matches only workgroups that run SQL: ${sql.join(', ')}.`;
  const names = workgroups.filter((one) => !runsSql(one)).map(({ name }) => name);
  return `No workgroup matches "${glob}".${suggestion(glob, names)}`;
}

const NAMES_SHOWN = 5;

function suggestion(glob: string, names: readonly string[]): string {
  const letters = glob.replaceAll(/[*?]/g, '');
  const nearest = closest(letters, [...names]);
  const isNear =
    distance(letters.slice(0, nearest.length), nearest.slice(0, letters.length)) <= letters.length / 3;
  if (letters !== '' && isNear) return ` Did you mean "${nearest}"?`;
  const more = names.length > NAMES_SHOWN ? ` and ${names.length - NAMES_SHOWN} more` : '';
  return ` There are: ${names.slice(0, NAMES_SHOWN).join(', ')}${more}.`;
}

/** The engines for SQL by the names that Athena is known to use. */
function runsSql({ engineVersion }: SeenWorkgroup): boolean {
  return /^Athena engine/i.test(engineVersion ?? '');
}
