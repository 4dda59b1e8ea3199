/**
 * In the bundle of the function this is what the clients of AWS take for `@aws-sdk/credential-provider-node`, see
 * `lib/function/bundle.ts`. Lambda gives a function its credentials in environment variables, so the rest of that
 * chain (profiles, single sign-on, web identity, other processes) would be a quarter of the bundle for nothing.
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
