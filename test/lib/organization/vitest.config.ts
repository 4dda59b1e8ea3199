import { defineConfig } from 'vitest/config';

/** What needs more than Node, and is therefore not part of `npm test`. */
export default defineConfig({
  test: {
    include: ['test/lib/organization/*.moto.ts'],
    globalSetup: 'test/support/temporary-folder.ts',
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
});
