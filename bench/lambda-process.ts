/**
 * Invokes a bundled handler once and reports how it went: what Lambda's runtime does, without Lambda. It is bundled
 * itself, so that nothing but the handler adds to the memory of its process.
 */
import { createRequire } from 'node:module';
import { INVOCATION } from './invocation.js';

export interface Invoked {
  readonly wallMs: number;
  /** Of the whole process, from its start. */
  readonly peakBytes: number;
  readonly result: unknown;
}

const [, , file = ''] = process.argv;
const { handler } = createRequire(file)(file);

void invoke();

async function invoke(): Promise<void> {
  const begun = performance.now();
  const result: unknown = await handler({}, INVOCATION);
  const wallMs = performance.now() - begun;
  const invoked: Invoked = { wallMs, peakBytes: process.resourceUsage().maxRSS * 1_024, result };
  process.send?.(invoked, () => process.disconnect());
}
