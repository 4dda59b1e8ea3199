/** Every operation that the embedded Athena knows. */
import { calculationOperations } from './calculations.js';
import type { Operation } from './define-operation.js';
import { executorOperations } from './executors.js';
import { sessionOperations } from './sessions.js';
import { tagOperations } from './tags.js';
import { workgroupOperations } from './workgroups.js';

/** By the name in `X-Amz-Target`. */
export const OPERATIONS = {
  ...workgroupOperations,
  ...sessionOperations,
  ...executorOperations,
  ...calculationOperations,
  ...tagOperations,
} satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof OPERATIONS;

export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(OPERATIONS, name);
}
