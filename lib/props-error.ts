import type { IConstruct } from 'constructs';
import { lineOf, type Mistake } from '../lambda/contract/mistakes.js';

/** Properties that a construct cannot be made with; the message lists every mistake at once. */
export class PropsError extends Error {
  override readonly name = 'PropsError';
  /** @param mistakes their paths begin at the properties. */
  constructor(
    construct: IConstruct,
    readonly mistakes: readonly Mistake[],
  ) {
    const lines = mistakes.map((mistake) => `  - ${lineOf(mistake)}`);
    super([`The properties of ${construct.node.path} cannot be used:`, ...lines].join('\n'));
  }
}
