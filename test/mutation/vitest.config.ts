import { defineConfig } from 'vitest/config';

/** The tests of `lambda/` that are quick enough to be run against each of a thousand mutants. */
export default defineConfig({
  test: {
    include: [
      'test/lambda/*.test.ts',
      'test/organization/hub.test.ts',
      'test/trust/{fault-matrix,last-look-gap,sweep-properties}.test.ts',
    ],
    exclude: ['test/lambda/memory.test.ts'],
    // These take seconds each, and the fault matrix sees the same in simulated time.
    testNamePattern: /^(?!.*(played again|a 500 every time|is retried through|under way, and gives up))/,
    setupFiles: ['test/mutation/first-counterexample.ts'],
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', PROPERTY_SHARE: '0.25' },
  },
});
