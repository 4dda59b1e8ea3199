import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests over HTTP, in real time: run last, for most mutants are dead by then. */
const SLOW = ['handler', 'athena', 'hub', 'sweep'];

class QuickestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const slowness = ({ moduleId }: TestSpecification) =>
      SLOW.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
    return files.toSorted((a, b) => slowness(a) - slowness(b));
  }
}

/** The tests of `lambda/` that are quick enough to be run against each of a thousand mutants. */
export default defineConfig({
  test: {
    include: [
      'test/lambda/*.test.ts',
      'test/organization/hub.test.ts',
      'test/trust/{fault-matrix,last-look-gap,report-size,sweep-properties}.test.ts',
    ],
    exclude: ['test/lambda/memory.test.ts'],
    // A mutant is switched on by a global, so modules need not be loaded anew for each file.
    isolate: false,
    sequence: { sequencer: QuickestFirst },
    setupFiles: ['test/mutation/first-counterexample.ts'],
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', PROPERTY_SHARE: '0.2' },
  },
});
