/** The CDK is not installed, from whose stack a simulation reads the dashboard. */
export class CdkMissingError extends Error {
  override readonly name = 'CdkMissingError';
  constructor() {
    super('A simulation reads the dashboard from the stack: npm install aws-cdk-lib constructs');
  }
}
