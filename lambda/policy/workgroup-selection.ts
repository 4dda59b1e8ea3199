/** Which workgroups are swept. */
import { distance } from 'fastest-levenshtein';
import type { SweepSettings } from '../contract/settings.js';
import { matchesAny } from './globs.js';
import type { Workgroup } from './session.js';

/** Whether the settings select a workgroup, and its engine is not known to be SQL. */
export function isSelected(workgroup: Workgroup, settings: SweepSettings): boolean {
  return (
    engineOf(workgroup) !== 'sql' &&
    isReached(workgroup.name, settings) &&
    !matchesAny(settings.workgroups.exclude, workgroup.name)
  );
}

/** Whether the globs of the settings, and of the event, include a workgroup, whatever its engine. */
export function isReached(name: string, { workgroups, onlyWorkgroups }: GlobSettings): boolean {
  return matchesAny(workgroups.include, name) && matchesAny(onlyWorkgroups, name);
}

/**
 * The engine's family, by the strings that Athena is known to use: `Athena engine version 3` runs SQL. Whatever else
 * is there, `AUTO`, a new name or none, may hold sessions.
 */
export function engineOf({ engineVersion }: Workgroup): 'spark' | 'sql' | 'unknown' {
  if (engineVersion === undefined) return 'unknown';
  if (/^athena engine\b/i.test(engineVersion)) return 'sql';
  return /spark/i.test(engineVersion) ? 'spark' : 'unknown';
}

type GlobSettings = Pick<SweepSettings, 'workgroups' | 'onlyWorkgroups'>;

/** As many names are suggested. */
const SUGGESTIONS = 3;

/** Says that globs reach none of the workgroups that there are, and which are meant perhaps. */
export function noneReached(names: readonly string[], { workgroups, onlyWorkgroups }: GlobSettings): string {
  const reached = names.filter((name) => matchesAny(workgroups.include, name));
  const [subject, globs, candidates] =
    reached.length > 0
      ? ['the workgroups of the event', onlyWorkgroups, reached]
      : ['workgroups.include', workgroups.include, names];
  const nearest = nearestTo(globs, candidates).join(', ');
  return `no workgroup is selected by ${subject}: ${globs.join(', ')}; upper and lower case differ; nearest: ${nearest}`;
}

function nearestTo(globs: readonly string[], names: readonly string[]): readonly string[] {
  const texts = globs.map((glob) => glob.replaceAll(/[*?]/g, '').toLowerCase());
  const farness = (name: string) => {
    const folded = name.toLowerCase();
    const isOtherCase = globs.some((glob) => matchesAny([glob.toLowerCase()], folded));
    return isOtherCase ? -1 : Math.min(...texts.map((text) => distance(text, folded)));
  };
  return [...new Set(names)]
    .map((name) => ({ name, far: farness(name) }))
    .toSorted((a, b) => a.far - b.far)
    .slice(0, SUGGESTIONS)
    .map(({ name }) => name);
}
