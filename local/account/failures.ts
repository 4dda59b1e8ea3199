/** Failures in words: those that are alike are one, however many places they come from. */
import type { Account } from '../../lambda/athena/athena-sessions.js';
import { adviceFor, partsOf } from './advice.js';

/** A call that failed, and where. */
export interface Failure {
  /** As a sweep writes it: `<operation>: <code>: <detail>`. */
  readonly error: string;
  readonly region: string;
  readonly workGroup?: string;
  readonly sessionId?: string;
}

/**
 * A paragraph for each kind of failure: the error, the places, and what to do about it.
 * @param account for resource names; undefined where STS did not say.
 */
export function describeFailures(
  failures: readonly Failure[],
  account: Account | undefined,
): readonly string[] {
  return alike(failures).map((group) => describe(group, account));
}

type Group = readonly [Failure, ...Failure[]];

/** An account in which nothing is allowed fails alike at a thousand workgroups, and in every region. */
function alike(failures: readonly Failure[]): readonly Group[] {
  const groups = new Map<string, [Failure, ...Failure[]]>();
  for (const failure of failures) {
    const { operation, code } = partsOf(failure.error) ?? { operation: '', code: failure.error };
    const group = groups.get(`${operation} ${code}`);
    if (group) group.push(failure);
    else groups.set(`${operation} ${code}`, [failure]);
  }
  return [...groups.values()];
}

function describe(group: Group, account: Account | undefined): string {
  const [first] = group;
  const regions = [...new Set(group.map(({ region }) => region))].toSorted();
  const where = regions.map((region) => placeIn(region, group)).join('; ');
  const advice = adviceFor(first.error, { ...first, ...account, region: regions.join(', ') });
  const lines = [`  ${first.error}`, `    in ${where}`];
  return [...lines, ...(advice === undefined ? [] : [`    → ${advice}`])].join('\n');
}

const NAMES_SHOWN = 5;

function placeIn(region: string, group: Group): string {
  const here = group.filter((failure) => failure.region === region);
  const names = here.flatMap(({ workGroup, sessionId }) => sessionId ?? workGroup ?? []);
  if (names.length === 0) return region;
  const more = names.length - NAMES_SHOWN;
  return `${region}: ${names.slice(0, NAMES_SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
