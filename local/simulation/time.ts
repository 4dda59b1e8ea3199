/** The midnight at which every simulated day begins. */

/** Midnight of a Tuesday, UTC: any day will do, and always the same one. */
export const MIDNIGHT = Date.UTC(2026, 2, 3);
