/** How a sweep divides the time that its function has: the function keeps to it, and alarms are timed by it. */

/**
 * Of the time of a sweep, this share may pass before the last workgroup is begun. The rest is for the due sessions that
 * were found, and keeps a sweep that only ran out of time for listing well below the function's timeout.
 */
export const SHARE_FOR_LISTING = 0.75;
