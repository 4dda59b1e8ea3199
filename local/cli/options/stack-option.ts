/** The stack that a deployed reaper is in. */

/** The name that the app of this repository gives its stack. */
export const DEFAULT_STACK = 'AthenaSessionReaper';
