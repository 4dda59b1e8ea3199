import wildcardMatch from 'wildcard-match';

/**
 * Whether a text matches a glob in which `*` stands for any text and `?` for one character: the wildcards
 * that IAM knows too, so that a pattern means the same in the settings and in the function's policy.
 */
export function matchesGlob(glob: string, text: string): boolean {
  return compiled(glob)(text);
}

/** Whether a text matches one of the globs. */
export function matchesAny(globs: readonly string[], text: string): boolean {
  return globs.some((glob) => matchesGlob(glob, text));
}

const cache = new Map<string, (text: string) => boolean>();

/** Globs come from the settings, so there are few of them, but each meets every session of an account. */
function compiled(glob: string): (text: string) => boolean {
  const known = cache.get(glob);
  if (known) return known;
  // `**` means the same as `*` here; a backslash is an ordinary character, as it is in IAM.
  const literal = glob.replace(/\*+/g, '*').replaceAll('\\', '\\\\');
  const isMatch = wildcardMatch(literal, { separator: false, flags: 's' });
  cache.set(glob, isMatch);
  return isMatch;
}
