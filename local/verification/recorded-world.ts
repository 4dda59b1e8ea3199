/** The answers of an experiment as a world for the embedded Athena. */
import type { World } from '../athena/index.js';
import type { Observations } from './experiment/observations.js';
import { findingsOf } from './facts/findings.js';

/**
 * The switches that were seen, and nothing else: no id, no account, no name. Those that are open have their default
 * wherever the world is read.
 */
export function recordedWorld(seen: Observations): Partial<World> {
  const answers = Object.entries(findingsOf(seen)).flatMap(([name, finding]) =>
    finding.kind === 'answered' ? [[name, finding.answer]] : [],
  );
  return Object.fromEntries(answers);
}
