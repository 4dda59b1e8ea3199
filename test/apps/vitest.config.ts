import { defineConfig } from 'vitest/config';

/** What takes packages from the registry, and is therefore not part of `npm test`. */
export default defineConfig({
  test: {
    include: ['test/apps/*.registry.ts'],
    globalSetup: 'test/support/temporary-folder.ts',
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
