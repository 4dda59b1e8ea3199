/** The context that the bench invokes handlers with. */
import type { InvocationContext } from '../lambda/host/host.js';

const FIFTEEN_MINUTES_MS = 900_000;

export const INVOCATION: InvocationContext = {
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:bench',
  getRemainingTimeInMillis: () => FIFTEEN_MINUTES_MS,
};
