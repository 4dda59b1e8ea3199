/** What Lambda's runtime for Node does: loads the handler, takes events from the runtime API, and answers them there. */
import { createRequire } from 'node:module';
import path from 'node:path';

const { AWS_LAMBDA_RUNTIME_API, LAMBDA_TASK_ROOT = '', _HANDLER = '' } = process.env;
const [file = '', exported = ''] = _HANDLER.split('.');
const handler = createRequire(import.meta.url)(path.join(LAMBDA_TASK_ROOT, file))[exported];
const api = `http://${AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation`;

for (;;) {
  const next = await fetch(`${api}/next`);
  const header = (name) => next.headers.get(`lambda-runtime-${name}`) ?? '';
  const context = {
    awsRequestId: header('aws-request-id'),
    invokedFunctionArn: header('invoked-function-arn'),
    getRemainingTimeInMillis: () => Number(header('deadline-ms')) - Date.now(),
  };
  const [outcome, body] = await answered(await next.json(), context);
  await fetch(`${api}/${context.awsRequestId}/${outcome}`, { method: 'POST', body: JSON.stringify(body) });
}

async function answered(event, context) {
  try {
    return ['response', await handler(event, context)];
  } catch (error) {
    return ['error', { errorType: error.name, errorMessage: error.message }];
  }
}
