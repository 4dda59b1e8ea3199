/** What the wire shows of workgroups, sessions and tags, for the invariants to rest on. */
import { isJsonObject, type JsonObject, type JsonValue } from '../../../local/athena/wire/json.js';
import type { SweepOperation } from '../play/scenario.js';
import type { Observation } from '../play/simulation.js';
import type { Exchange } from '../play/wire.js';
import { isSelected, type SessionAnswer, statesToList } from './oracle.js';
import type { TagPairs } from './tag-oracle.js';

export function exchangesOf(seen: Observation, operation: SweepOperation): readonly Exchange[] {
  return seen.exchanges.filter((exchange) => exchange.operation === operation);
}

export function sessionOf({ input }: Exchange): string {
  return String(input.SessionId);
}

/** The workgroup in which a session was listed, and what the listing showed of it before that moment. */
export function listedAs(
  seen: Observation,
  id: string,
  order = Number.POSITIVE_INFINITY,
): SessionAnswer | undefined {
  for (const exchange of exchangesOf(seen, 'ListSessions').toReversed()) {
    if (!exchange.answered || exchange.answered.order > order) continue;
    const summary = listed(exchange).find(({ SessionId }) => SessionId === id);
    if (summary) return { ...summary, workGroup: String(exchange.input.WorkGroup) };
  }
  return undefined;
}

/** The first page that showed each session: what it showed, and where. */
export function firstListings(seen: Observation): ReadonlyMap<string, SessionAnswer & { region: string }> {
  const first = new Map<string, SessionAnswer & { region: string }>();
  for (const exchange of exchangesOf(seen, 'ListSessions')) {
    const { region, input } = exchange;
    for (const summary of listed(exchange)) {
      const id = String(summary.SessionId);
      if (!first.has(id)) first.set(id, { ...summary, region, workGroup: String(input.WorkGroup) });
    }
  }
  return first;
}

/** The GetSession that was answered last before a moment. */
export function lastLook(seen: Observation, id: string, order: number): Exchange | undefined {
  return exchangesOf(seen, 'GetSession').findLast(
    (exchange) =>
      sessionOf(exchange) === id && exchange.answered !== undefined && exchange.answered.order < order,
  );
}

/** One reading of a resource's tags: when it began, and what it gave. */
export interface TagReading {
  readonly began: Exchange['sent'];
  readonly pairs: TagPairs;
  /** The service said that there is nothing to read. */
  readonly isUnreadable: boolean;
}

/** The reading of tags that began last before a moment and got an answer. @param arnEnd of the resource's ARN. */
export function lastTagReading(
  seen: Observation,
  region: string,
  arnEnd: string,
  order = Number.POSITIVE_INFINITY,
): TagReading | undefined {
  return tagReadings(seen, region, arnEnd, order).at(-1);
}

/** All that got an answer before a moment, the last one last. */
export function tagReadings(
  seen: Observation,
  region: string,
  arnEnd: string,
  order = Number.POSITIVE_INFINITY,
): readonly TagReading[] {
  const calls = exchangesOf(seen, 'ListTagsForResource').filter(
    (call) =>
      call.region === region &&
      String(call.input.ResourceARN).endsWith(arnEnd) &&
      call.answered !== undefined &&
      call.answered.order < order,
  );
  // No resource here has more tags than a page holds.
  return calls.filter(isTagAnswer).map(({ sent, output }) => ({
    began: sent,
    pairs: objects(output?.Tags).map(({ Key, Value }) => [String(Key), String(Value ?? '')] as const),
    isUnreadable: output === undefined,
  }));
}

function isTagAnswer({ output, error }: Exchange): boolean {
  return output !== undefined || NOTHING_TO_READ.includes(String(error));
}

/** The errors by which the service says that it has nothing of that name. */
export const NOTHING_TO_READ: readonly string[] = ['InvalidRequestException', 'ResourceNotFoundException'];

/** Whether a moment came after the last page of every state that a workgroup has to be listed for. */
export function isFullyListed(
  seen: Observation,
  region: string,
  workGroup: string,
  order = Number.POSITIVE_INFINITY,
): boolean {
  return statesToList(seen.settings).every((state) =>
    exchangesOf(seen, 'ListSessions').some(
      ({ region: where, input, output, answered }) =>
        where === region &&
        input.WorkGroup === workGroup &&
        input.StateFilter === state &&
        answered !== undefined &&
        answered.order < order &&
        isListOfSessions(output) &&
        !output?.NextToken,
    ),
  );
}

/** An empty list is an answer; no list, or a session without an id, is none. */
function isListOfSessions(output: JsonObject | undefined): boolean {
  return (
    Array.isArray(output?.Sessions) &&
    objects(output.Sessions).every(({ SessionId }) => typeof SessionId === 'string')
  );
}

export interface SeenWorkgroup {
  readonly region: string;
  readonly name: string;
  readonly isSql: boolean;
}

/** Workgroups that some page of ListWorkGroups showed and that the settings select. */
function selectedWorkgroups(seen: Observation): readonly SeenWorkgroup[] {
  const found = new Map<string, SeenWorkgroup>();
  for (const { region, output } of exchangesOf(seen, 'ListWorkGroups')) {
    for (const { Name, EngineVersion } of objects(output?.WorkGroups)) {
      if (typeof Name !== 'string' || !isSelected(Name, seen.settings)) continue;
      found.set(`${region}/${Name}`, { region, name: Name, isSql: isSql(EngineVersion) });
    }
  }
  return [...found.values()];
}

/** Whether the globs, but for what they exclude, select some workgroup, of whatever engine. */
export function reachesWorkgroups({ settings, ...seen }: Observation): boolean {
  const included = { ...settings, workgroups: { ...settings.workgroups, exclude: [] } };
  return selectedWorkgroups({ ...seen, settings: included }).length > 0;
}

/** Of those, the ones whose sessions have to be listed. */
export function workgroupsToList(seen: Observation): readonly SeenWorkgroup[] {
  return selectedWorkgroups(seen).filter((workgroup) => !workgroup.isSql);
}

function isSql(engine: JsonValue | undefined): boolean {
  const shown = isJsonObject(engine) ? engine.EffectiveEngineVersion : undefined;
  return typeof shown === 'string' && shown.toLowerCase().startsWith('athena engine ');
}

function listed({ output }: Exchange): readonly JsonObject[] {
  return objects(output?.Sessions).filter(({ SessionId }) => typeof SessionId === 'string');
}

function objects(list: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}
