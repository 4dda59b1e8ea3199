/** How much memory the function has, and how much of it Node may fill. */

/** A sweep mostly waits for Athena, so more would cost more and change little. */
export const MEMORY_MB = 192;

/** Of {@link MEMORY_MB}, what objects that live on may take; the rest is for new objects, code, stacks and buffers. */
const OLD_GENERATION_MB = MEMORY_MB - 32;

/**
 * Calls leave much garbage that is soon dead, and V8 would rather let the young generation grow than collect it
 * more often: a small one keeps the peak of a large sweep 30 MB lower, at no cost that shows.
 */
const YOUNG_SEMI_SPACE_MB = 1;

/** What Node runs the function with. Lambda sets both sizes by the function's memory where this sets neither. */
export const NODE_OPTIONS = `--max-semi-space-size=${YOUNG_SEMI_SPACE_MB} --max-old-space-size=${OLD_GENERATION_MB}`;
