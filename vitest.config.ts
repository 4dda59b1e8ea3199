import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // What the examples import is this package, from its sources.
  resolve: { alias: { 'athena-session-reaper': fileURLToPath(new URL('lib/index.ts', import.meta.url)) } },
  test: {
    include: ['test/**/*.test.ts'],
    // What a passing test lets print is what it asked for, e.g. a warning at synth.
    silent: 'passed-only',
    globalSetup: 'test/support/temporary-folder.ts',
    // The CDK, the SDK and the sources are loaded once in each worker, not once for each of two hundred files.
    isolate: false,
    setupFiles: 'test/support/left-behind.ts',
    // As many as there are cores: hardly a test waits, see `hurryTime`, and each worker loads the CDK and the SDK.
    maxWorkers: availableParallelism(),
    // No test is timed: these only end what hangs, also on a busy machine.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // The SDK warns once per process on Node 20; nobody can act on it while reading test output.
    env: {
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      // CloudFormation's own rules take seconds to load: `npm run test:rules` applies them.
      CDK_VALIDATION: 'false',
    },
    coverage: {
      provider: 'v8',
      include: ['lambda/**/*.ts'],
      reporter: ['text', 'html'],
      thresholds: { branches: 95, lines: 95 },
    },
  },
});
