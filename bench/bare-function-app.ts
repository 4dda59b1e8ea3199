/** What `bench/synth.ts` measures against: the least app that bundles and deploys the same function. */
import { fileURLToPath } from 'node:url';
import { App, Stack } from 'aws-cdk-lib';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';

const stack = new Stack(new App(), 'Bare');
new NodejsFunction(stack, 'Function', {
  entry: fileURLToPath(new URL('../lambda/handler.ts', import.meta.url)),
});
