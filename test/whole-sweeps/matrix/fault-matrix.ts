/** Everything that can go wrong around a sweep, one by one, and what is to become of the sessions it strikes. */
import type { FailureMode } from './failure-mode.js';
import { CONNECTION, OUT_OF_TIME } from './no-answers.js';
import { CHANGES, PERMISSIONS } from './refusals.js';
import { SERVICE, THROTTLING } from './wrong-answers.js';

export const FAULT_MATRIX: readonly FailureMode[] = [
  ...THROTTLING,
  ...SERVICE,
  ...CONNECTION,
  ...PERMISSIONS,
  ...CHANGES,
  ...OUT_OF_TIME,
];
