import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests over HTTP, in real time: run last, for most mutants are dead by then. */
const SLOW = [
  'handler',
  'athena-sessions',
  'organization-invocation',
  'find-workgroups',
  'list-sessions',
  'region-sweep',
  'last-modified-trust',
  'tags-at-last-look',
  'last-look',
  'ending',
  'sweep',
];

class QuickestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const slowness = ({ moduleId }: TestSpecification) =>
      SLOW.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
    return files.toSorted((a, b) => slowness(a) - slowness(b));
  }
}

/** These play sweeps again, to show that they are the same or to write a page, which shows nothing of a mutant. */
const TOO_SLOW = /is what was observed|is the same sweep again/;

/** The tests of `lambda/` that are quick enough to be run against each of a thousand mutants. */
export default defineConfig({
  test: {
    include: [
      'test/lambda/**/*.test.ts',
      'test/lib/config/keys/schema.test.ts',
      'test/whole-sweeps/*.test.ts',
    ],
    exclude: ['test/lambda/memory.test.ts'],
    // As in the other tests: no test is timed. What a mutant hangs, Stryker ends.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // A mutant is switched on by a global, so modules need not be loaded anew for each file.
    isolate: false,
    sequence: { sequencer: QuickestFirst },
    testNamePattern: new RegExp(`^(?!.*(?:${TOO_SLOW.source}))`),
    setupFiles: ['test/mutation/first-counterexample.ts'],
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', PROPERTY_SHARE: '0.4' },
  },
});
