import { expect, test, vi } from 'vitest';
import { adviceFor } from '../../../local/account/advice.js';
import { useEnvironment } from '../../support/command-line.js';

const PLACE = { region: 'eu-west-1' };

test.each([
  ['ListSessions', 'Athena in eu-west-1', 'athena:ListSessions'],
  ['GetCallerIdentity', 'STS in eu-west-1', 'sts:GetCallerIdentity'],
  ['DescribeStacks', 'CloudFormation in eu-west-1', 'cloudformation:DescribeStacks'],
  ['FilterLogEvents', 'CloudWatch Logs in eu-west-1', 'logs:FilterLogEvents'],
  ['GetQueueAttributes', 'SQS in eu-west-1', 'sqs:GetQueueAttributes'],
])('advice about %s names its own service and action', (operation, service, action) => {
  useEnvironment();
  expect(adviceFor(`${operation}: ETIMEDOUT: no answer`, PLACE)).toContain(`${service} cannot be reached`);
  expect(adviceFor(`${operation}: AccessDenied: No.`, PLACE)).toBe(
    `Allow ${action} on * to the identity that runs this.`,
  );
});

test('advice names the endpoint of the service that failed, and not that of another', () => {
  useEnvironment({ AWS_ENDPOINT_URL_ATHENA: 'http://127.0.0.1:4570' });
  const refused = 'ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:9';
  vi.stubEnv('AWS_ENDPOINT_URL_CLOUDWATCH_LOGS', 'http://127.0.0.1:9');
  expect(adviceFor(`FilterLogEvents: ${refused}`, PLACE)).toContain(
    'Nothing listens at http://127.0.0.1:9, which AWS_ENDPOINT_URL_CLOUDWATCH_LOGS names',
  );
  expect(adviceFor(`DescribeStacks: ${refused}`, PLACE)).toContain('CloudFormation in eu-west-1 refuses');
});

test('a role that may not be assumed for a call is what has to be allowed', () => {
  const detail =
    'User: arn:aws:iam::222233334444:user/me is not authorized to perform: sts:AssumeRole on resource: ' +
    'arn:aws:iam::222233334444:role/analyst';
  expect(adviceFor(`ListWorkGroups: AccessDenied: ${detail}`, PLACE)).toContain(
    'Allow sts:AssumeRole on arn:aws:iam::222233334444:role/analyst',
  );
});
