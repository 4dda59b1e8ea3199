/**
 * The CDK and the stacks that are made with it. The package installs without the CDK, which takes a while to load and
 * which only a deployment needs otherwise.
 */

/** The CDK is not installed. */
class CdkMissingError extends Error {
  override readonly name = 'CdkMissingError';
  constructor() {
    super(
      'The stack is made with the CDK, which is not installed. In a project: npm install aws-cdk-lib constructs. ' +
        'With npx: npx -p athena-session-reaper -p aws-cdk-lib -p constructs athena-session-reaper, and the command.',
    );
  }
}

/** @throws CdkMissingError where the CDK is not installed. */
export async function loadCdk() {
  try {
    const [{ App }, { MemberRoleStack }, { SessionReaperStack }] = await Promise.all([
      import('aws-cdk-lib'),
      import('../../lib/organization/member-role-stack.js'),
      import('../../lib/session-reaper-stack.js'),
    ]);
    return { App, MemberRoleStack, SessionReaperStack };
  } catch (error) {
    // ES modules miss a package, CommonJS modules a module.
    const isMissing =
      error instanceof Error && /(package|module) '(aws-cdk-lib|constructs)/.test(error.message);
    throw isMissing ? new CdkMissingError() : error;
  }
}
