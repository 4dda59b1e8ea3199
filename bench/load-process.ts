/** Loads a bundled handler and reports how long that took: the part of a cold start that the bundle decides. */
import { createRequire } from 'node:module';

const [, , file = ''] = process.argv;
const require = createRequire(file);
const begun = performance.now();
require(file);
process.send?.(performance.now() - begun, () => process.disconnect());
