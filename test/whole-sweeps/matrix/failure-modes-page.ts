/** `docs/failure-modes.md`, written from what was observed, so that it cannot say what does not happen. */
import { describeWorld } from '../../../local/athena/index.js';
import { alarmsOn } from '../play/alarms-on.js';
import { countsOf, type LoggedSession, metricOf, notListedLines, sessionLines } from '../play/observed.js';
import type { Observation } from '../play/simulation.js';
import type { FailureMode } from './failure-mode.js';
import { scenarioOf, type WorldCase } from './world-case.js';

/** Sweeps in a row, five minutes apart. */
export interface PlayedMode {
  readonly mode: FailureMode;
  readonly sweeps: readonly Observation[];
}
export interface PlayedWorld {
  readonly world: WorldCase;
  readonly sweeps: readonly Observation[];
}

export function failureModesPage(modes: readonly PlayedMode[], worlds: readonly PlayedWorld[]): string {
  return [HEAD, ...modes.map(modeRow), WORLDS_HEAD, ...worlds.map(worldRow), FOOT].join('\n');
}

const HEAD = `# Failure modes

What a sweep does when something goes wrong. Each row is a test: a sweep of three regions with four workgroups
and five due sessions, played in simulated time against the embedded Athena (\`test/whole-sweeps/matrix/fault-matrix.ts\`). What
stands here is what those sweeps reported, logged and emitted; the suite fails when it no longer does.

In every row everything else was still swept: each due session that is not named in it was ended.

- **Report**: how the sessions and places that were struck are counted.
- **Log**: how the error begins that their \`session\`, \`workgroup not listed\` or \`region not listed\` lines have.
- **Metrics**: the ones that differ from those of a sweep in which all is well.
- **Alarms**: those that are on after three such sweeps in a row, each with its section in the
  [runbook](runbook.md). One sweep is enough for \`function-errors\` and \`dead-letters\`.

| What goes wrong | Report | Log | Metrics | Alarms | |
|---|---|---|---|---|---|`;

const WORLDS_HEAD = `
## Worlds

Athena's documentation leaves open how it behaves in many places, and nobody has confirmed the rest on a live
account. Each row is one way in which it may be (a switch of the embedded Athena, see \`--world\`), or may answer
out of the ordinary. Three sweeps are played in a region with one session on each Spark engine that is due, one
that is exempt by a tag of its own and one that is fresh, unless the row speaks of others. The columns are those
above; here **Report** has every session with an outcome.

| How Athena is | World | Report | Metrics | Alarms | |
|---|---|---|---|---|---|`;

const FOOT = `
## What none of it can do

Proved over random fleets, clocks, lives, faults and worlds (\`npm run soak\`):

- No TerminateSession without a last look at the same session that found it due; none in report mode; none in a
  workgroup that was not listed to its last page; never more than the cap.
- None for a session that is exempt: by a tag of its own that could be read at the last look, or by one that its
  workgroup had two seconds before.
- None without evidence: on an instant that is missing or impossible; on \`LastModifiedDateTime\` as idle time,
  unless a setting trusts it and nothing in the region contradicts it.
- One outcome for each due session; what could not be looked at is reported; an end before the deadline, with the
  report written.
- No forgotten session that lives on in silence: while ListSessions shows one for more than three sweeps past its
  limit, an alarm is on, whatever else Athena answers.

## What nothing here can rule out

Athena has no conditional terminate. A session that turns BUSY after its last look was answered and before
TerminateSession takes effect is ended with its calculation. The sweep waits for nothing in between, so the gap is
the time for one request to travel; \`npm run bench\` measures it.
`;

function modeRow({ mode, sweeps }: PlayedMode): string {
  const [seen] = sweeps;
  if (!seen) throw new Error(`${mode.id} was not played`);
  const struck = sessionLines(seen).filter(({ outcome }) => outcome !== 'terminated');
  return row([
    `<a id="${mode.id}"></a>${mode.what}`,
    reported(seen, struck),
    logged(mode, seen),
    metrics(seen),
    alarms(sweeps),
    mode.note,
  ]);
}

function worldRow({ world, sweeps }: PlayedWorld): string {
  const [seen] = sweeps;
  if (!seen) throw new Error(`${world.id} was not played`);
  return row([
    `<a id="${world.id}"></a>${world.what}`,
    describeWorld(scenarioOf(world).world)
      .split(',')
      .map((answer) => `\`${answer}\``)
      .join('<br>'),
    reported(seen, sessionLines(seen)),
    metrics(seen),
    alarms(sweeps),
    world.note,
  ]);
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell || 'none').join(' | ')} |`;
}

function alarms(sweeps: readonly Observation[]): string {
  return alarmsOn(sweeps)
    .map((name) => `[${name}](runbook.md#${name})`)
    .join('<br>');
}

function metrics(seen: Observation): string {
  return METRICS.map(({ name, well }) => ({ name, well, value: metricOf(seen, name) }))
    .filter(({ well, value }) => value !== well)
    .map(({ name, value }) => `\`${name}\` ${value}`)
    .join('<br>');
}

const METRICS = [
  { name: 'SweepComplete', well: 1 },
  { name: 'PlacesNotListed', well: 0 },
  { name: 'SessionsFailed', well: 0 },
  { name: 'SessionsDeferred', well: 0 },
  { name: 'SessionsUnknown', well: 0 },
  { name: 'SessionTagsUnreadable', well: 0 },
  { name: 'ThrottledCalls', well: 0 },
] as const;

function reported(seen: Observation, lines: readonly LoggedSession[]): string {
  const outcomes = lines.map(({ outcome }) => outcome);
  const places = notListedLines(seen).map(({ fields }) =>
    fields.workGroup === undefined ? `region ${fields.region}` : `workgroup ${fields.workGroup}`,
  );
  const { unknown } = countsOf(seen);
  return [
    ...new Set(outcomes.map((name) => `${outcomes.filter((one) => one === name).length} \`${name}\``)),
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
