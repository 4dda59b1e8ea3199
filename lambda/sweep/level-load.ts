/** Spreads listings over the sweeps in which they can be made, so that no sweep has more of them than Athena allows. */

/**
 * How many workgroups that could wait are best listed now, soonest needed first. All that were listed together come due
 * together: without this, a sweep with nothing to list would be followed by one with more than it can list.
 * @param needed those that are to be listed now in any case.
 * @param sweepsAhead of each workgroup that can wait, the number of sweeps after which it has to be listed, in order.
 */
export function ahead(needed: number, sweepsAhead: readonly number[]): number {
  const evenly = sweepsAhead.map((sweeps, n) => Math.floor((needed + n + 1) / (sweeps + 1)));
  return Math.max(0, evenly.reduce((most, load) => Math.max(most, load), 0) - needed);
}
