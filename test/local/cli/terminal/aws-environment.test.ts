import { AthenaClient, ListWorkGroupsCommand } from '@aws-sdk/client-athena';
import { expect, onTestFinished, test } from 'vitest';
import { pointAwsClientsAt } from '../../../../local/cli/terminal/aws-environment.js';
import { servedAthena } from '../../../support/athena.js';
import { useEnvironment } from '../../../support/command-line.js';

test('every client of the process is led to the given address, whatever the person has configured', async () => {
  const { url, region } = await servedAthena();
  region.createWorkgroup({ name: 'etl' });
  useEnvironment({
    AWS_PROFILE: 'production',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    AWS_CA_BUNDLE: '/nowhere',
  });
  pointAwsClientsAt(url, 'eu-west-1');
  expect(Object.keys(process.env)).not.toContain('AWS_PROFILE');
  expect(Object.keys(process.env)).not.toContain('AWS_CA_BUNDLE');
  const client = new AthenaClient({});
  onTestFinished(() => client.destroy());
  const { WorkGroups } = await client.send(new ListWorkGroupsCommand({}));
  expect(WorkGroups?.map(({ Name }) => Name)).toContain('etl');
});
