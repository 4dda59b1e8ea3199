/** How an operation is defined: the shape of its input, and what it does. */
import type * as v from 'valibot';
import type { RegionStore } from '../store/region-store.js';
import type { JsonObject } from '../wire/json.js';
import { parseShape } from '../wire/shape.js';

/** Does what an operation asks, or throws a ServiceError. */
export type Operation = (store: RegionStore, input: unknown) => JsonObject;

/** An operation whose input is checked against `shape` before `run` sees it. */
export function defineOperation<Input>(
  shape: v.GenericSchema<unknown, Input>,
  run: (store: RegionStore, input: Input) => JsonObject,
): Operation {
  return (store, input) => run(store, parseShape(shape, input));
}
