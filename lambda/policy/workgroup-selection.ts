/** Which workgroups are swept. */
import type { SweepSettings } from '../contract/settings.js';
import { matchesAny } from './globs.js';
import type { Workgroup } from './session.js';

/** Whether the settings select a workgroup, and its engine is not known to be another than Spark. */
export function isSelected(workgroup: Workgroup, { workgroups, onlyWorkgroups }: SweepSettings): boolean {
  const { name } = workgroup;
  return (
    engineOf(workgroup) !== 'other' &&
    matchesAny(workgroups.include, name) &&
    matchesAny(onlyWorkgroups, name) &&
    !matchesAny(workgroups.exclude, name)
  );
}

/** The engine's family by the strings that Athena is known to use; `AUTO` and none at all show nothing. */
export function engineOf({ engineVersion }: Workgroup): 'spark' | 'other' | 'unknown' {
  if (engineVersion === undefined || engineVersion === 'AUTO') return 'unknown';
  return /spark/i.test(engineVersion) ? 'spark' : 'other';
}
