/** `docs/failure-modes.md`, written from what was observed, so that it cannot say what does not happen. */
import { LOG_MESSAGES } from '../../lambda/contract/telemetry.js';
import type { FailureMode } from './fault-matrix.js';
import { sessionLines } from './report-invariants.js';
import type { Observation } from './simulation.js';

interface Played {
  readonly mode: FailureMode;
  readonly seen: Observation;
}

/** What has to be seen for an alarm, were it to last; see `lib/alarms.ts` for how long. */
const ALARMS: Readonly<Record<string, (seen: Observation) => boolean>> = {
  'sweep-incomplete': (seen) => metric(seen, 'SweepComplete') === 0,
  'sessions-failing': (seen) => metric(seen, 'SessionsFailed') > 0,
  'sessions-overdue': (seen) => sessionLines(seen).some(({ outcome }) => MAY_STAY.includes(outcome)),
  'cap-reached': (seen) => metric(seen, 'SessionsDeferred') > 0,
  'function-errors': ({ report }) => report === undefined,
  'dead-letters': ({ report }) => report === undefined,
};

const MAY_STAY: readonly string[] = ['accepted', 'deferred', 'failed'];

export function namedAlarms(): readonly string[] {
  return Object.keys(ALARMS);
}

export function failureModesPage(played: readonly Played[]): string {
  return `${HEAD}\n${played.map(row).join('\n')}\n${FOOT}`;
}

const HEAD = `# Failure modes

What a sweep does when something goes wrong. Each row is a test: a sweep of three regions with four workgroups
and five due sessions, played in simulated time against the embedded Athena (\`test/whole-sweeps/fault-matrix.ts\`). What
stands here is what those sweeps reported, logged and emitted; the suite fails when it no longer does.

In every row everything else was still swept: each due session that is not named in it was ended.

- **Report**: how the sessions and places that were struck are counted.
- **Log**: how the error begins that their \`session\`, \`workgroup not listed\` or \`region not listed\` lines have.
- **Metrics**: the ones that tell it from a sweep in which all is well.
- **Alarms**: those that come on if it lasts, each with its section in the [runbook](runbook.md). One sweep is not
  enough, but for \`function-errors\` and \`dead-letters\`.

| What goes wrong | Report | Log | Metrics | Alarms | |
|---|---|---|---|---|---|`;

const FOOT = `
## What none of it can do

Proved over random fleets, clocks, lives and faults (\`npm run soak\`): no TerminateSession without a last look at
the same session that found it due; none for an exempt session, none in report mode, none on a timestamp that is
missing, malformed or in the future; none in a workgroup that was not listed to its last page; never more than the
cap; one outcome for each due session; an end before the deadline, with the report written.

## What nothing here can rule out

Athena has no conditional terminate. A session that turns BUSY after its last look was answered and before
TerminateSession takes effect is ended with its calculation. The sweep waits for nothing in between, so the gap is
the time for one request to travel; \`npm run bench\` measures it.
`;

function row({ mode, seen }: Played): string {
  const alarms = namedAlarms().filter((name) => ALARMS[name]?.(seen));
  const cells = [
    `<a id="${mode.id}"></a>${mode.what}`,
    reported(seen),
    logged(mode, seen),
    METRICS.flatMap(({ name, isWell }) =>
      isWell(metric(seen, name)) ? [] : [`\`${name}\` ${metric(seen, name)}`],
    ).join('<br>'),
    alarms.map((name) => `[${name}](runbook.md#${name})`).join('<br>'),
    mode.note,
  ];
  return `| ${cells.map((cell) => cell || 'none').join(' | ')} |`;
}

const isZero = (value: number) => value === 0;
const METRICS = [
  { name: 'SweepComplete', isWell: (value: number) => value === 1 },
  { name: 'PlacesNotListed', isWell: isZero },
  { name: 'SessionsFailed', isWell: isZero },
  { name: 'SessionsDeferred', isWell: isZero },
  { name: 'SessionsUnknown', isWell: isZero },
  { name: 'ThrottledCalls', isWell: isZero },
] as const;

function metric(seen: Observation, name: string): number {
  const [value] = seen.metrics.get(name) ?? [];
  if (value === undefined) throw new Error(`no sweep leaves ${name} out`);
  return value;
}

function reported(seen: Observation): string {
  const struck = sessionLines(seen)
    .map(({ outcome }) => outcome)
    .filter((outcome) => outcome !== 'terminated');
  const places = notListed(seen).map(({ fields }) =>
    fields.workGroup === undefined ? `region ${fields.region}` : `workgroup ${fields.workGroup}`,
  );
  const unknown = metric(seen, 'SessionsUnknown');
  return [
    ...new Set(struck.map((outcome) => `${struck.filter((o) => o === outcome).length} \`${outcome}\``)),
    ...(unknown > 0 ? [`${unknown} \`unknown\``] : []),
    ...(places.length > 0 ? [`not listed: ${places.join(', ')}`] : []),
    seen.report ? '' : 'none: the invocation fails',
    seen.report?.complete ? 'complete' : '',
  ]
    .filter((part) => part !== '')
    .join('<br>');
}

function logged({ says }: FailureMode, seen: Observation): string {
  const errors = seen.lines.flatMap(({ fields }) => (typeof fields.error === 'string' ? [fields.error] : []));
  const first = says && errors.find((error) => says.test(error));
  // The rest of the message is in the words of Node or of the SDK, which change.
  return first === undefined ? '' : `\`${first.split(': ', 2).join(': ')}\``;
}

function notListed({ lines }: Observation) {
  return lines.filter(
    ({ message }) => message === LOG_MESSAGES.regionNotListed || message === LOG_MESSAGES.workgroupNotListed,
  );
}
