/** Milliseconds, and the midnight at which every simulated day begins. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** Midnight of a Tuesday, UTC: any day will do, and always the same one. */
export const MIDNIGHT = Date.UTC(2026, 2, 3);
