/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutation/vitest.config.ts' },
  mutate: ['lambda/**/*.ts'],
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  concurrency: 2,
  timeoutMS: 20_000,
  // The tests run once without a mutant first: some minutes, on a busy machine more.
  dryRunTimeoutMinutes: 30,
  reporters: ['progress', 'clear-text', 'json', 'html'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 95, low: 90, break: 90 },
  tempDirName: 'reports/stryker',
  // Rewriting a tsconfig.json takes TypeScript's JavaScript API, which version 7 does not have.
  tsconfigFile: 'none',
};
