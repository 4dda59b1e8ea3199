/**
 * Where IAM reads a workgroup glob otherwise than a sweep does. In a sweep a glob is matched against a name; in
 * IAM against what follows `workgroup/` in an ARN, and there `*` and `?` match a slash too. So `*s*`, meant for
 * names with an "s", also matches every `<name>/session/<id>`: as a Deny it would stop the reaper altogether.
 */

/** What ids of sessions are made of: UUIDs. Where Athena makes others, a Deny may match too much, never too little. */
const ID_CHARACTERS = [...'0123456789abcdef-'];

/** Stands for every character of a name that the glob does not spell out. */
const ANY_OTHER = '\0';

/** Beyond this many sets of positions the answer is no; a glob that needs more has dozens of wildcards. */
const MOST_SETS = 2_000;

/**
 * Whether `workgroup/<glob>` matches the ARN of a session exactly when the glob matches the name of its
 * workgroup. Follows all names at once, as sets of positions in the glob that a name can lead to.
 */
export function meansTheSameInIam(glob: string): boolean {
  const letters = [...new Set([...glob, ANY_OTHER])].filter((letter) => letter !== '*' && letter !== '?');
  const seen = new Set<string>();
  const pending = [past(glob, [0])];
  for (let set = pending.pop(); set !== undefined; set = pending.pop()) {
    if (seen.has(set.join())) continue;
    seen.add(set.join());
    const matchesName = set.includes(glob.length);
    if ((!matchesName && matchesSomeSession(glob, set)) || seen.size > MOST_SETS) return false;
    for (const letter of letters) pending.push(step(glob, set, letter));
  }
  return true;
}

/** Whether the rest of the glob, from one of the positions, can match `/session/` and some id. */
function matchesSomeSession(glob: string, name: readonly number[]): boolean {
  let reached = [...'/session/'].reduce((set, letter) => step(glob, set, letter), name);
  for (let before = -1; before !== reached.length; ) {
    before = reached.length;
    const further = ID_CHARACTERS.flatMap((letter) => step(glob, reached, letter));
    reached = [...new Set([...reached, ...further])];
  }
  return reached.includes(glob.length);
}

function step(glob: string, positions: readonly number[], letter: string): readonly number[] {
  const next = positions.flatMap((position) => {
    const wanted = glob[position];
    if (wanted === '*') return [position];
    return wanted === '?' || wanted === letter ? [position + 1] : [];
  });
  return past(glob, next);
}

/** The positions and, as a star may match nothing, those behind their stars; sorted. */
function past(glob: string, positions: readonly number[]): readonly number[] {
  const all = new Set(positions);
  for (const position of all) if (glob[position] === '*') all.add(position + 1);
  return [...all].sort((a, b) => a - b);
}
