import { defineConfig } from 'vitest/config';

/** What needs the AWS CLI and moto, and is therefore not part of `npm test`. */
export default defineConfig({
  test: {
    include: ['test/local/template/*.moto.ts'],
    globalSetup: 'test/support/temporary-folder.ts',
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
});
