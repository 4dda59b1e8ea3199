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

/**
 * Environment variables by which the function's process keeps to {@link MEMORY_MB}. Lambda sets the sizes of both
 * generations by the function's memory where NODE_OPTIONS sets neither. glibc has an arena for each thread otherwise, and
 * every arena keeps what was freed: one for all keeps the peak of a large sweep 5 MB lower.
 */
export const MEMORY_ENVIRONMENT = {
  NODE_OPTIONS: `--max-semi-space-size=${YOUNG_SEMI_SPACE_MB} --max-old-space-size=${OLD_GENERATION_MB}`,
  MALLOC_ARENA_MAX: '1',
} as const;
