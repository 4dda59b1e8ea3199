import { defineConfig } from 'vitest/config';

/** What needs more than Node, and is therefore not part of `npm test`. */
export default defineConfig({
  test: {
    include: ['test/organization/*.moto.ts'],
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
});
