/** What a fleet file may hold. Every message says what is allowed. */
import { SessionState } from '@aws-sdk/client-athena';
import * as v from 'valibot';
import { number, oneOf, pathTo, strictObject, text } from '../parsing/strict-json.js';
import { ENGINES, PYSPARK, SPARK_3_5 } from '../store/workgroup.js';

/** Ages in a fleet are minutes before the moment at which it is placed. */
const minutes = number(0, 525_600);
const tags = v.record(text(1, 128), text(0, 256), 'tag keys with text values');

const session = strictObject({
  sessionId: v.optional(text(1, 256)),
  state: v.optional(oneOf(Object.values(SessionState)), 'IDLE'),
  minutesInState: v.optional(minutes, 0),
  ageMinutes: v.optional(minutes),
  idleTimeoutMinutes: v.optional(number(1, 480)),
  description: v.optional(text(1, 1024)),
  notebookVersion: v.optional(text(1, 128)),
  maxConcurrentDpus: v.optional(number(2, 5000)),
  tags: v.optional(tags),
  /** What IdleSinceDateTime shows instead of the truth. */
  idleSince: v.optional(
    v.union(
      [v.literal('missing'), strictObject({ inMinutes: minutes })],
      '"missing" or { "inMinutes": number }',
    ),
  ),
});

const consistentSession = v.pipe(
  session,
  v.forward(
    v.partialCheck(
      [['minutesInState'], ['ageMinutes']],
      ({ minutesInState, ageMinutes }) => ageMinutes === undefined || ageMinutes >= minutesInState,
      ({ input }) => `at least minutesInState, which is ${input.minutesInState}`,
    ),
    ['ageMinutes'],
  ),
  v.forward(
    v.partialCheck(
      [['state'], ['minutesInState'], ['idleTimeoutMinutes']],
      ({ state, minutesInState, idleTimeoutMinutes }) =>
        state !== 'IDLE' || idleTimeoutMinutes === undefined || idleTimeoutMinutes > minutesInState,
      ({ input }) =>
        `more than minutesInState, which is ${input.minutesInState}: the session would have ended by itself`,
    ),
    ['idleTimeoutMinutes'],
  ),
);

const workgroup = v.pipe(
  strictObject({
    name: v.pipe(
      v.string('a workgroup name'),
      v.regex(/^[a-zA-Z0-9._-]{1,128}$/, '1 to 128 letters, digits, ".", "_" or "-"'),
    ),
    engine: v.optional(oneOf([...ENGINES, 'AUTO']), PYSPARK),
    state: v.optional(oneOf(['ENABLED', 'DISABLED']), 'ENABLED'),
    description: v.optional(text(0, 1024)),
    tags: v.optional(tags),
    sessions: v.optional(v.array(consistentSession, 'a list of sessions'), []),
  }),
  v.forward(
    v.partialCheck(
      [['engine'], ['sessions']],
      ({ engine, sessions }) => engine === PYSPARK || engine === SPARK_3_5 || sessions.length === 0,
      ({ input }) => `an empty list, because "${input.engine}" has no sessions`,
    ),
    ['sessions'],
  ),
);

export const fleetSchema = strictObject({
  workgroups: v.pipe(
    v.array(workgroup, 'a list of workgroups'),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      for (const repeated of repeatedNamesAndIds(dataset.value)) addIssue(repeated);
    }),
  ),
});
export type Fleet = v.InferOutput<typeof fleetSchema>;

type Workgroups = readonly v.InferOutput<typeof workgroup>[];

/** Each name of a workgroup and each id of a session that stood further up already. */
function repeatedNamesAndIds(workgroups: Workgroups) {
  const names = workgroups.map(({ name }, w) => ({ value: name, path: pathTo(workgroups, w, 'name') }));
  const ids = workgroups.flatMap(({ sessions }, w) =>
    sessions.flatMap(({ sessionId }, s) => {
      const path = pathTo(workgroups, w, 'sessions', s, 'sessionId');
      return sessionId === undefined ? [] : [{ value: sessionId, path }];
    }),
  );
  return [
    ...repeats(names).map(({ path }) => ({ path, message: 'a name that no workgroup above it has' })),
    ...repeats(ids).map(({ path }) => ({ path, message: 'an id that no session above it has' })),
  ];
}

function repeats<T extends { readonly value: string }>(items: readonly T[]): T[] {
  const seen = new Set<string>();
  const repeated: T[] = [];
  for (const item of items) {
    if (seen.has(item.value)) repeated.push(item);
    else seen.add(item.value);
  }
  return repeated;
}
