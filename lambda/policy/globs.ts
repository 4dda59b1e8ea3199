/** Globs in which `*` stands for any text and `?` for one character, and every other character for itself. */

/**
 * Whether a text matches a glob. The wildcards are those that IAM knows too, so that a pattern means the same in
 * the settings and in the function's policy.
 *
 * The text may be anybody's (a session's description), so the time is bounded: a later star takes over from an
 * earlier one, and at most `glob.length * text.length` characters are compared, whatever the two are made of.
 */
export function matchesGlob(glob: string, text: string): boolean {
  let inGlob = 0;
  let inText = 0;
  let lastStar = -1;
  let takenByStar = 0;
  while (inText < text.length) {
    if (glob[inGlob] === '*') {
      lastStar = inGlob++;
      takenByStar = inText;
    } else if (glob[inGlob] === '?' || glob[inGlob] === text[inText]) {
      inGlob++;
      inText++;
    } else if (lastStar >= 0) {
      // The last star takes one character more, and what follows it is tried again from there.
      inGlob = lastStar + 1;
      inText = ++takenByStar;
    } else return false;
  }
  while (glob[inGlob] === '*') inGlob++;
  return inGlob === glob.length;
}

/** Whether a text matches one of the globs. */
export function matchesAny(globs: readonly string[], text: string): boolean {
  return globs.some((glob) => matchesGlob(glob, text));
}
