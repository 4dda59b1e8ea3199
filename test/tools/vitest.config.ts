import { defineConfig } from 'vitest/config';

/** What compiles, packs and installs the whole package, and is therefore not part of `npm test`. */
export default defineConfig({
  test: {
    include: ['test/tools/*.npm.ts'],
    globalSetup: 'test/support/temporary-folder.ts',
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
