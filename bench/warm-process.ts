/** Invokes a bundled handler again and again, each time when asked to, and reports how long each invocation took. */
import { createRequire } from 'node:module';
import { INVOCATION } from './invocation.js';

const [, , file = ''] = process.argv;
const { handler } = createRequire(file)(file);

process.on('message', async () => {
  const begin = performance.now();
  await handler({}, INVOCATION);
  process.send?.(performance.now() - begin);
});
