import { Aws, CfnCondition, Fn, type Stack, Token } from 'aws-cdk-lib';

/** Partitions whose console is elsewhere than that of AWS's own. */
const ELSEWHERE = [
  { id: 'InChina', partition: 'aws-cn', host: 'console.amazonaws.cn' },
  { id: 'InGovCloud', partition: 'aws-us-gov', host: 'console.amazonaws-us-gov.com' },
  { id: 'InEuropeanCloud', partition: 'aws-eusc', host: 'console.amazonaws-eusc.eu' },
] as const;
const HOST = 'console.aws.amazon.com';

/** The address of a dashboard in the console, in whatever partition the stack is deployed. */
export function dashboardAddress(stack: Stack, dashboardName: string): string {
  const host = consoleHost(stack);
  return `https://${Aws.REGION}.${host}/cloudwatch/home?region=${Aws.REGION}#dashboards/dashboard/${dashboardName}`;
}

function consoleHost(stack: Stack): string {
  return ELSEWHERE.reduce<string>((otherwise, { id, partition, host }) => {
    const existing = stack.node.tryFindChild(id);
    const condition =
      existing instanceof CfnCondition
        ? existing
        : new CfnCondition(stack, id, { expression: Fn.conditionEquals(Aws.PARTITION, partition) });
    return Token.asString(Fn.conditionIf(condition.logicalId, host, otherwise));
  }, HOST);
}
