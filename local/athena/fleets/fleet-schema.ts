/** What a fleet file may hold. Every message says what is allowed. */
import { SessionState } from '@aws-sdk/client-athena';
import { z } from 'zod';
import { ENGINES, PYSPARK, SPARK_3_5 } from '../store/workgroup.js';

/** Ages in a fleet are minutes before the moment at which it is placed. */
const minutes = number(0, 525_600);
const tags = z.record(text(1, 128), text(0, 256), 'tag keys with text values');

const sessionSchema = object({
  sessionId: text(1, 256).optional(),
  state: oneOf(Object.values(SessionState)).default('IDLE'),
  minutesInState: minutes.default(0),
  ageMinutes: minutes.optional(),
  idleTimeoutMinutes: number(1, 480).optional(),
  description: text(1, 1024).optional(),
  notebookVersion: text(1, 128).optional(),
  maxConcurrentDpus: number(2, 5000).optional(),
  tags: tags.optional(),
  /** What IdleSinceDateTime shows instead of the truth. */
  idleSince: z
    .union([z.literal('missing'), object({ inMinutes: minutes })], '"missing" or { "inMinutes": number }')
    .optional(),
}).superRefine(({ state, minutesInState, ageMinutes, idleTimeoutMinutes }, context) => {
  if (ageMinutes !== undefined && ageMinutes < minutesInState) {
    refuse(context, ['ageMinutes'], ageMinutes, `at least minutesInState, which is ${minutesInState}`);
  }
  if (state === 'IDLE' && idleTimeoutMinutes !== undefined && idleTimeoutMinutes <= minutesInState) {
    const allowed = `more than minutesInState, which is ${minutesInState}: the session would have ended by itself`;
    refuse(context, ['idleTimeoutMinutes'], idleTimeoutMinutes, allowed);
  }
});

const workgroupSchema = object({
  name: z
    .string('a workgroup name')
    .regex(/^[a-zA-Z0-9._-]{1,128}$/, '1 to 128 letters, digits, ".", "_" or "-"'),
  engine: oneOf([...ENGINES, 'AUTO']).default(PYSPARK),
  state: oneOf(['ENABLED', 'DISABLED']).default('ENABLED'),
  description: text(0, 1024).optional(),
  tags: tags.optional(),
  sessions: z.array(sessionSchema, 'a list of sessions').default([]),
}).superRefine(({ engine, sessions }, context) => {
  const spark = engine === PYSPARK || engine === SPARK_3_5;
  if (!spark && sessions.length > 0) {
    refuse(context, ['sessions'], sessions, `an empty list, because "${engine}" has no sessions`);
  }
});

export const fleetSchema = object({
  workgroups: z.array(workgroupSchema, 'a list of workgroups').superRefine((workgroups, context) => {
    for (const [index, { name }] of workgroups.entries()) {
      const first = workgroups.findIndex((other) => other.name === name);
      if (first < index) refuse(context, [index, 'name'], name, `a name that [${first}] does not have`);
    }
    const ids = workgroups.flatMap(({ sessions }) => sessions.flatMap(({ sessionId }) => sessionId ?? []));
    for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) < index))) {
      refuse(context, [], id, 'each sessionId once');
    }
  }),
});
export type Fleet = z.output<typeof fleetSchema>;

function object<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const known = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys' ? `only the keys ${known}` : `an object with ${known}`,
  });
}

function text(min: number, max: number) {
  const allowed = `text of ${min} to ${max} characters`;
  return z.string(allowed).min(min, allowed).max(max, allowed);
}

function number(min: number, max: number) {
  const allowed = `a number from ${min} to ${max}`;
  return z.number(allowed).min(min, allowed).max(max, allowed);
}

function oneOf<const Value extends string>(values: readonly Value[]) {
  return z.enum(values, `one of ${values.join(', ')}`);
}

function refuse(context: z.core.$RefinementCtx, path: PropertyKey[], input: unknown, allowed: string): void {
  context.addIssue({ code: 'custom', path, input, message: allowed });
}
