/** What to say where a sweep found nothing to list, because a region or a glob is perhaps not the one that was meant. */
import { closest, distance } from 'fastest-levenshtein';
import type { NotListed } from '../../lambda/contract/report.js';
import type { ReaperSettings } from '../../lambda/contract/settings.js';
import { matchesAny, matchesGlob } from '../../lambda/policy/globs.js';
import type { SeenWorkgroup, SweepView } from './sweep-view.js';

/** What was looked at. */
export interface Looked {
  readonly regions: readonly string[];
  readonly notListed: readonly NotListed[];
  /** Every workgroup that there is, those that were not selected, too. */
  readonly workgroups: readonly SeenWorkgroup[];
}

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
  { regions, notListed, workgroups }: Looked,
  { include, exclude, configuredRegions }: Selection,
): readonly string[] {
  const spark = workgroups.filter((workgroup) => !runsSql(workgroup));
  const failed = notListed.filter((place) => !isNoneSelected(place)).map(({ region }) => region);
  const empty = regions
    .filter((region) => !failed.includes(region))
    .filter((region) => spark.every((workgroup) => workgroup.region !== region));
  const others = configuredRegions.filter((region) => !regions.includes(region));
  const ofRegions = empty.length === 0 ? [] : [noSpark(empty, others)];
  if (spark.length === 0) return ofRegions;
  const unmatched = [...include, ...exclude].filter(
    (glob) => !spark.some(({ name }) => matchesGlob(glob, name)),
  );
  return [...ofRegions, ...unmatched.map((glob) => noMatch(glob, workgroups))];
}

/** Of a sweep's places that were not listed: the one that is none, and says that the settings select nothing. */
export function isNoneSelected({ kind }: NotListed): boolean {
  return kind === 'none-selected';
}

/**
 * The view of a sweep as one that is not complete, where there are Spark workgroups and the settings select none of them.
 * The function says so only where the globs match no workgroup at all, whatever its engine: a deployment may mean that.
 * A person who asks for a workgroup that runs SQL, or that is excluded, has to hear of it.
 */
export function withNoneSelected(view: SweepView, globs: ReaperSettings['workgroups']): SweepView {
  const { report, workgroups } = view;
  if (report.counts.notListed > 0 || !selectNone(globs, workgroups)) return view;
  const region = report.regions[0]?.region ?? '';
  const none: NotListed = { region, kind: 'none-selected', error: NONE_SELECTED };
  const counts = { ...report.counts, notListed: 1 };
  return { ...view, report: { ...report, complete: false, counts, notListed: [none] } };
}

/** Whether there are Spark workgroups, and globs select none of them. */
export function selectNone(
  { include, exclude }: ReaperSettings['workgroups'],
  workgroups: readonly SeenWorkgroup[],
): boolean {
  const spark = workgroups.filter((workgroup) => !runsSql(workgroup));
  return (
    spark.length > 0 && !spark.some(({ name }) => matchesAny(include, name) && !matchesAny(exclude, name))
  );
}

const NONE_SELECTED = 'no Spark workgroup is selected by workgroups.include and workgroups.exclude';

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
