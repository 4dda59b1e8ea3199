import { Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, type Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { NAMESPACE, SETTINGS_VARIABLE } from '../../lambda/contract/telemetry.js';
import { ConfigError, type ReaperConfig, toReaperSettings } from '../config/config.js';
import { CONTEXT_KEY } from '../config/context/overrides.js';
import { permissionToEncrypt } from '../permissions/encryption.js';
import { MeasuredRole } from '../permissions/measured-role.js';
import { rendered } from '../permissions/rendered.js';
import { acknowledgeWildcards } from '../permissions/wildcard-reasons.js';
import { handlerSetting } from './bundle.js';
import { FUNCTION_RUNTIME, functionCode } from './code.js';
import type { DeadLetters } from './dead-letters.js';
import { MEMORY_ENVIRONMENT, MEMORY_MB } from './memory.js';

export interface SweepFunctionProps {
  readonly config: ReaperConfig;
  /** The value of the metrics' only dimension. */
  readonly deployment: string;
  readonly timing: { readonly timeout: Duration };
  readonly deadLetters: DeadLetters;
  readonly encryptionKey?: IKey | undefined;
  /** Which of the functions that `lambda/handler.ts` exports. */
  readonly handler: 'handler' | 'organizationHandler';
  /** What the role needs to sweep. */
  readonly permissions: readonly PolicyStatement[];
  /** @default a generated one */
  readonly roleName?: string;
  /**
   * For how long Lambda tries to start an invocation that is not waited for.
   * @default a minute: the next sweep is the retry
   */
  readonly maxEventAge?: Duration;
  /**
   * Whether it may read its own log.
   * @default false
   */
  readonly readsOwnLog?: boolean;
}

/** The function that sweeps, its role and its log group. */
export class SweepFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly role: Role;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: SweepFunctionProps) {
    super(scope, id);
    const { config, deadLetters, encryptionKey, permissions, roleName, readsOwnLog } = props;
    this.logGroup = new LogGroup(this, 'Log', {
      retention: config.logRetentionDays,
      removalPolicy: config.retainLog ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      ...(encryptionKey && { encryptionKey }),
    });
    this.role = new MeasuredRole(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: 'Lets the Athena session reaper list, look at and end sessions',
      ...(roleName !== undefined && { roleName }),
      statements: [
        ...permissions,
        this.#permissionToLog(),
        ...(readsOwnLog ? [this.#permissionToReadLog()] : []),
        permissionToPublish(),
        deadLetters.permissionToSend(),
        ...permissionToEncrypt(encryptionKey),
      ],
      growsWith: ['workgroups'],
    });
    acknowledgeWildcards(this.role, permissions);
    this.lambda = this.#function(props);
  }

  #function(props: SweepFunctionProps): LambdaFunction {
    const { config, deployment, timing, deadLetters, handler, maxEventAge = Duration.minutes(1) } = props;
    const environment = {
      [SETTINGS_VARIABLE]: JSON.stringify(toReaperSettings(config)),
      POWERTOOLS_SERVICE_NAME: deployment,
      POWERTOOLS_METRICS_NAMESPACE: NAMESPACE,
      POWERTOOLS_LOG_LEVEL: config.logLevel,
      ...MEMORY_ENVIRONMENT,
    };
    refuseTooLong(Stack.of(this), environment);
    return new LambdaFunction(this, 'Function', {
      description: 'Ends forgotten Athena for Apache Spark sessions',
      runtime: FUNCTION_RUNTIME,
      architecture: Architecture.ARM_64,
      code: functionCode(),
      handler: handlerSetting(handler),
      memorySize: MEMORY_MB,
      timeout: timing.timeout,
      role: this.role,
      logGroup: this.logGroup,
      environment,
      // The next sweep is the retry. Retries of this one would pile up on it.
      retryAttempts: 0,
      maxEventAge,
      onSuccess: { bind: () => ({ destination: defaultEventBusArn() }) },
      onFailure: deadLetters.asDestination(),
    });
  }

  #permissionToLog(): PolicyStatement {
    return new PolicyStatement({
      sid: 'WriteOwnLog',
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [this.logGroup.logGroupArn],
    });
  }

  #permissionToReadLog(): PolicyStatement {
    return new PolicyStatement({
      sid: 'ReadOwnLog',
      actions: ['logs:FilterLogEvents'],
      resources: [this.logGroup.logGroupArn],
    });
  }
}

/** What Lambda has room for in the environment of a function: names and values, in bytes. */
const MOST_ENVIRONMENT_BYTES = 4_096;

/** @throws ConfigError where Lambda would refuse the variables. */
function refuseTooLong(stack: Stack, environment: Readonly<Record<string, string>>): void {
  const parts = Object.entries(environment).flatMap(([name, value]) => [name, rendered(stack, value)]);
  const bytes = parts.reduce<number>((sum, part) => sum + Buffer.byteLength(String(part)), 0);
  if (bytes <= MOST_ENVIRONMENT_BYTES) return;
  const found = `${bytes} bytes of environment variables`;
  const allowed = `${MOST_ENVIRONMENT_BYTES} bytes; use fewer rules and globs, or a shorter deployment name`;
  throw new ConfigError([{ path: [CONTEXT_KEY], found, allowed }]);
}

/** Lambda puts the report on the bus in the function's name. */
function permissionToPublish(): PolicyStatement {
  return new PolicyStatement({
    sid: 'PublishReport',
    actions: ['events:PutEvents'],
    resources: [defaultEventBusArn()],
  });
}

function defaultEventBusArn(): string {
  return `arn:${Aws.PARTITION}:events:${Aws.REGION}:${Aws.ACCOUNT_ID}:event-bus/default`;
}
