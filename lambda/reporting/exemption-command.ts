/** The command by which the owner of a session exempts it, ready to be copied into a shell. */

/** Where exemptions are written. */
export interface Exemptions {
  readonly partition: string;
  /** Missing where there are many: each session then has its own. */
  readonly accountId?: string;
  /** What the key of the tag begins with. */
  readonly tagPrefix: string;
}

interface Named {
  readonly accountId?: string;
  readonly sessionId: string;
  readonly workGroup: string;
  readonly region: string;
}

/** What AWS puts into these names, and what no shell gives a meaning to. */
const PLAIN_NAME = /^[\w.-]{1,128}$/;

/**
 * @returns undefined where a name has other characters than AWS gives it, because nobody is to copy those into a shell,
 * or where the account is not known.
 */
export function sessionArn(
  { sessionId, workGroup, region, accountId: own }: Named,
  { partition, accountId = own ?? '' }: Pick<Exemptions, 'partition' | 'accountId'>,
): string | undefined {
  if (![sessionId, workGroup, region, accountId].every((name) => PLAIN_NAME.test(name))) return undefined;
  return `arn:${partition}:athena:${region}:${accountId}:workgroup/${workGroup}/session/${sessionId}`;
}

/**
 * Exempts the session until the day after `now` is over everywhere.
 * @returns undefined where its ARN cannot be written, see {@link sessionArn}.
 */
export function exemptionCommand(session: Named, exemptions: Exemptions, now: Date): string | undefined {
  const arn = sessionArn(session, exemptions);
  if (arn === undefined) return undefined;
  const until = new Date(now.getTime() + 86_400_000).toISOString().slice(0, 10);
  return (
    `aws athena tag-resource --region ${session.region} --resource-arn ${arn} ` +
    `--tags Key=${exemptions.tagPrefix}:exempt,Value=${until}`
  );
}
