import { existsSync } from 'node:fs';
import path from 'node:path';
import { AssetHashType } from 'aws-cdk-lib';
import { Code, Runtime, RuntimeFamily } from 'aws-cdk-lib/aws-lambda';
import { bundleFunction, FUNCTION_SOURCES } from './bundle.js';

/** By name, because older versions of the CDK have no constant for it. */
export const FUNCTION_RUNTIME = new Runtime('nodejs24.x', RuntimeFamily.NODEJS);

/** Where the npm package has the bundle: `dist/function`, beside `dist/lib`. */
const PREBUILT = path.join(import.meta.dirname, '..', '..', 'function');

/** The function's code: as the npm package brings it, or bundled now where this runs from the sources. */
export function functionCode(): Code {
  if (existsSync(PREBUILT)) return Code.fromAsset(PREBUILT);
  return Code.fromAsset(FUNCTION_SOURCES, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Never started: esbuild runs here, or throws.
      image: FUNCTION_RUNTIME.bundlingImage,
      local: {
        tryBundle: (outdir) => {
          bundleFunction(outdir);
          return true;
        },
      },
    },
  });
}
