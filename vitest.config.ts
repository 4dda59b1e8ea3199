import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // What the examples import is this package, from its sources.
  resolve: { alias: { 'athena-session-reaper': fileURLToPath(new URL('lib/index.ts', import.meta.url)) } },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/temporary-folder.ts',
    // One more than there are cores: many tests wait, for a retry or for a process.
    maxWorkers: availableParallelism() + 1,
    // No test is timed: these only end what hangs, also on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
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
