import type { z } from 'zod';
import type { JsonObject } from './json.js';
import type { RegionStore } from './region-store.js';
import { parseShape } from './shape.js';

/** Does what an operation asks, or throws a ServiceError. */
export type Operation = (store: RegionStore, input: unknown) => JsonObject;

/** An operation whose input is checked against `shape` before `run` sees it. */
export function operation<Input>(
  shape: z.ZodType<Input>,
  run: (store: RegionStore, input: Input) => JsonObject,
): Operation {
  return (store, input) => run(store, parseShape(shape, input));
}
