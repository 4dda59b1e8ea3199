import { defineConfig } from 'vitest/config';

/** What loads CloudFormation's own rules, which takes longer than most tests, and is therefore not part of `npm test`. */
export default defineConfig({
  test: {
    include: ['test/lib/*.rules.ts'],
    globalSetup: 'test/support/temporary-folder.ts',
    testTimeout: 180_000,
  },
});
