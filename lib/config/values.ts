import { z } from 'zod';

/**
 * The kinds of value that a configuration is made of. Every message is what is allowed, because that is what the
 * reader of an error needs; `docs/configuration.md` is generated from the same texts.
 */

interface Pattern {
  readonly regex: RegExp;
  readonly allowed: string;
}

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
  url: { regex: /^https:\/\/[^\s"<>()]+[^\s"<>()#]$/, allowed: 'an https address without "#", or null' },
} as const satisfies Record<string, Pattern>;

/** The retentions that CloudWatch Logs knows, in days. */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
const RETENTION_ALLOWED = `one of ${RETENTION_DAYS.join(', ')}`;
const TIMEZONE_ALLOWED = 'an IANA time zone such as "Europe/Berlin"';

export function text({ regex, allowed }: Pattern) {
  return z.string(allowed).regex(regex, allowed).meta({ allowed });
}

export function numberIn({ min, max, integer }: { min: number; max: number; integer: boolean }) {
  const allowed = `${integer ? 'a whole number' : 'a number'} from ${min} to ${max}`;
  return z
    .number(allowed)
    .refine((n) => n >= min && n <= max && (!integer || Number.isInteger(n)), allowed)
    .meta({ allowed });
}

export function oneOf<const T extends string>(...values: readonly T[]) {
  const allowed = values.map((value) => `"${value}"`).join(' or ');
  return z.enum(values, allowed).meta({ allowed });
}

export function flag() {
  return z.boolean('true or false').meta({ allowed: 'true or false' });
}

export function listOf<T extends z.ZodType>(item: T) {
  return z.array(item, 'a list').refine(hasNoDuplicates, 'a list that names nothing twice');
}

function hasNoDuplicates(list: readonly unknown[]): boolean {
  return new Set(list.map((item) => JSON.stringify(item))).size === list.length;
}

export function object<T extends z.core.$ZodLooseShape>(shape: T) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'invalid_type' ? 'an object' : undefined),
  });
}

export function timezone() {
  return z.string(TIMEZONE_ALLOWED).refine(isTimezone, TIMEZONE_ALLOWED).meta({ allowed: TIMEZONE_ALLOWED });
}

export function retentionDays() {
  return z
    .number(RETENTION_ALLOWED)
    .refine((days) => RETENTION_DAYS.includes(days), RETENTION_ALLOWED)
    .meta({ allowed: RETENTION_ALLOWED });
}

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
