import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The SDK warns once per process on Node 20; nobody can act on it while reading test output.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    coverage: {
      provider: 'v8',
      include: ['lambda/**/*.ts'],
      reporter: ['text', 'html'],
      thresholds: { branches: 95, lines: 95 },
    },
  },
});
