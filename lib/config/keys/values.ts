/** The kinds of value that only a deployment has; those that a sweep has too are in `lambda/contract/values.ts`. */
import * as v from 'valibot';
import { matching, type Pattern, setOf } from '../../../lambda/contract/values.js';

export const AWS_PATTERNS = {
  topicArn: {
    regex: /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[a-zA-Z0-9_-]{1,256}$/,
    allowed: 'the ARN of a standard SNS topic, or null',
  },
  keyArn: {
    regex: /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[a-zA-Z0-9-]{1,64}$/,
    allowed: 'the ARN of a KMS key (not of an alias), or null',
  },
  policy: {
    regex: /^(arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/[\w+=,.@/-]{1,512}|[\w+=,.@-]{1,128})$/,
    allowed: 'the name or the ARN of a managed policy, or null',
  },
  email: { regex: /^[^\s@]{1,64}@[^\s@]{1,190}\.[^\s@.]{2,}$/, allowed: 'an e-mail address' },
} as const satisfies Record<string, Pattern>;

/** The retentions that CloudWatch Logs knows, in days. */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/**
 * Not set: null.
 * @internal
 */
export function orNull<T extends v.GenericSchema>(schema: T) {
  return v.optional(v.nullable(schema), null);
}

/** @internal */
export function nonEmpty<T extends v.GenericSchema>(item: T) {
  return v.pipe(
    setOf(item),
    v.check((list) => list.length > 0, 'at least one entry'),
  );
}

/** @internal */
export function textThat(isRight: (text: string) => boolean, allowed: string) {
  return v.pipe(v.string(allowed), v.check(isRight, allowed));
}

/** @internal */
export function retentionDays() {
  const allowed = `one of ${RETENTION_DAYS.join(', ')}`;
  return v.pipe(
    v.number(allowed),
    v.check((days) => RETENTION_DAYS.includes(days), allowed),
  );
}

/** @internal */
export const email = matching(AWS_PATTERNS.email);
