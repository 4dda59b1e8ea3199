import { defineConfig } from 'vitest/config';

/** The tests of `lambda/` that are quick enough to be run against each of a thousand mutants. */
export default defineConfig({
  test: {
    include: ['test/lambda/*.test.ts', 'test/trust/fault-matrix.test.ts', 'test/organization/hub.test.ts'],
    exclude: ['test/lambda/memory.test.ts'],
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
});
