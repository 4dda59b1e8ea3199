import { defineConfig } from 'vitest/config';

/** What needs moto, and is therefore not part of `npm test`. */
export default defineConfig({
  test: {
    include: ['test/local/deployment/*.moto.ts', 'test/docs/*.moto.ts'],
    globalSetup: 'test/support/temporary-folder.ts',
    testTimeout: 300_000,
    hookTimeout: 300_000,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', CDK_VALIDATION: 'false' },
  },
});
