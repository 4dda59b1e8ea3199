/** Types of JSON as it goes over the wire. */

/** Any JSON value; `undefined` members are left out when written. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [member: string]: JsonValue | undefined;
}

/** Narrows parsed JSON to an object. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * What goes over the wire for a shape of the SDK's model: its member names, checked, and any JSON behind them,
 * because the embedded Athena must also be able to answer what the model does not foresee.
 */
export type OnWire<Shape> = { readonly [Member in keyof Shape]?: JsonValue | undefined };
