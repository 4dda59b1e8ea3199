import { existsSync } from 'node:fs';
import { AssetHashType } from 'aws-cdk-lib';
import { Code, Runtime, RuntimeFamily } from 'aws-cdk-lib/aws-lambda';
import { bundleFunction, FUNCTION_SOURCES, PREBUILT_FUNCTION } from './bundle.js';

/** By name, because older versions of the CDK have no constant for it. */
export const FUNCTION_RUNTIME = new Runtime('nodejs24.x', RuntimeFamily.NODEJS);

/** The function's code: as the npm package brings it, or bundled now where this runs from the sources. */
export function functionCode(): Code {
  if (existsSync(PREBUILT_FUNCTION)) return Code.fromAsset(PREBUILT_FUNCTION);
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
