/** The resources of a stack, and the reaper's function among them. */
import { failureOf } from '../../lambda/athena/errors.js';
import { SETTINGS_VARIABLE } from '../../lambda/contract/telemetry.js';
import { AccountError } from '../account/account-error.js';
import { adviceFor } from '../account/advice.js';
import { configAt, type Place } from './place.js';

export interface DeployedResource {
  readonly type: string;
  readonly logicalId: string;
  readonly physicalId: string;
}

/** The reaper in a stack, as its function's configuration shows it. */
export interface DeployedReaper {
  readonly stackStatus: string;
  readonly resources: readonly DeployedResource[];
  readonly functionName: string;
  readonly functionArn: string;
  readonly logGroup: string;
  /** Distinguishes several reapers of an account: their metrics and alarms. */
  readonly deployment: string;
  /** What the function reads its settings from: JSON. */
  readonly settingsJson: string;
}

/** @throws AccountError where the stack cannot be read, or has no reaper. */
export async function readDeployedReaper(place: Place): Promise<DeployedReaper> {
  const { status, resources } = await readStack(place).catch((error: unknown) =>
    refuse('DescribeStacks', error, place),
  );
  const names = resources.flatMap(({ type, physicalId }) =>
    type === 'AWS::Lambda::Function' ? [physicalId] : [],
  );
  const found = await findFunction(names, place).catch((error: unknown) =>
    refuse('GetFunctionConfiguration', error, place),
  );
  if (found !== undefined) return { ...found, stackStatus: status, resources };
  const why = `no function of the stack ${place.stack} in ${place.region} has ${SETTINGS_VARIABLE}`;
  throw new AccountError('nothing-listed', `No reaper is deployed there: ${why}. Name another with --stack.`);
}

async function readStack(place: Place) {
  const { CloudFormationClient, DescribeStackResourcesCommand, DescribeStacksCommand } = await import(
    '@aws-sdk/client-cloudformation'
  );
  const client = new CloudFormationClient(configAt(place));
  const named = { StackName: place.stack };
  const options = { abortSignal: place.signal };
  const { Stacks } = await client.send(new DescribeStacksCommand(named), options);
  const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand(named), options);
  const resources = StackResources.map(({ ResourceType, LogicalResourceId, PhysicalResourceId }) => ({
    type: ResourceType ?? '',
    logicalId: LogicalResourceId ?? '',
    physicalId: PhysicalResourceId ?? '',
  }));
  return { status: Stacks?.[0]?.StackStatus ?? 'not known', resources };
}

/** A stack may have other functions: the reaper's is the one with settings. */
async function findFunction(names: readonly string[], place: Place) {
  const { GetFunctionConfigurationCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
  const client = new LambdaClient(configAt(place));
  for (const name of names) {
    const command = new GetFunctionConfigurationCommand({ FunctionName: name });
    const { Environment, FunctionArn, LoggingConfig } = await client.send(command, {
      abortSignal: place.signal,
    });
    const { [SETTINGS_VARIABLE]: settingsJson, POWERTOOLS_SERVICE_NAME: deployment = place.stack } =
      Environment?.Variables ?? {};
    if (settingsJson === undefined) continue;
    const logGroup = LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`;
    return { functionName: name, functionArn: FunctionArn ?? '', logGroup, deployment, settingsJson };
  }
  return undefined;
}

function refuse(operation: string, error: unknown, { region, stack }: Place): never {
  const { message } = failureOf(operation, error);
  const advice = adviceFor(message, { region });
  const lines = [`The stack ${stack} in ${region} could not be read.`, `  ${message}`];
  throw new AccountError('nothing-listed', [...lines, ...(advice ? [`    → ${advice}`] : [])].join('\n'));
}
