/** What IAM says about why it denied a call. */

/**
 * AWS names one policy type near the end of its message, as `with an explicit deny in <policy type>` or `because no
 * <policy type> allows the <action> action`. The policy's ARN may follow.
 */
const REASON =
  /with an explicit deny in an? ([\w -]{1,40}? (?:policy|boundary))\b|because no ([\w -]{1,40}? (?:policy|boundary)) allows\b/;

export interface Denial {
  /** Whether a statement forbids the call; otherwise none allows it. */
  readonly explicit: boolean;
  /** In AWS's words, e.g. `identity-based policy`, `service control policy`, `permissions boundary`. */
  readonly policyType: string;
}

/** @returns undefined where the message names no policy type. */
export function denialIn(message: string): Denial | undefined {
  const [, forbidding, notAllowing] = REASON.exec(message) ?? [];
  if (forbidding !== undefined) return { explicit: true, policyType: forbidding };
  return notAllowing === undefined ? undefined : { explicit: false, policyType: notAllowing };
}
