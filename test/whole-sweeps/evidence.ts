/** What the wire tells about workgroups and sessions, for the invariants to rest on. */
import { isJsonObject, type JsonObject, type JsonValue } from '../../local/athena/wire/json.js';
import { isSelected, type SessionAnswer, statesToList } from './oracle.js';
import type { SweepOperation } from './scenario.js';
import type { Observation } from './simulation.js';
import type { Exchange } from './wire.js';

export function exchangesOf(seen: Observation, operation: SweepOperation): readonly Exchange[] {
  return seen.exchanges.filter((exchange) => exchange.operation === operation);
}

export function sessionOf({ input }: Exchange): string {
  return String(input.SessionId);
}

/** The workgroup in which a session was listed, and what the listing showed of it before that moment. */
export function listedAs(seen: Observation, id: string, order: number): SessionAnswer | undefined {
  for (const { input, output, answered } of exchangesOf(seen, 'ListSessions').toReversed()) {
    if (!answered || answered.order > order) continue;
    const summary = objects(output?.Sessions).find(({ SessionId }) => SessionId === id);
    if (summary) return { ...summary, workGroup: String(input.WorkGroup) };
  }
  return undefined;
}

/** The GetSession that was answered last before a moment. */
export function lastLook(seen: Observation, id: string, order: number): Exchange | undefined {
  return exchangesOf(seen, 'GetSession').findLast(
    (exchange) =>
      sessionOf(exchange) === id && exchange.answered !== undefined && exchange.answered.order < order,
  );
}

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
        output !== undefined &&
        !output.NextToken,
    ),
  );
}

export interface SeenWorkgroup {
  readonly region: string;
  readonly name: string;
  readonly engine: 'spark' | 'other' | 'unknown';
}

/** Workgroups that some page of ListWorkGroups showed and that the settings select. */
export function selectedWorkgroups(seen: Observation): readonly SeenWorkgroup[] {
  const found = new Map<string, SeenWorkgroup>();
  for (const { region, output } of exchangesOf(seen, 'ListWorkGroups')) {
    for (const { Name, EngineVersion } of objects(output?.WorkGroups)) {
      const engine = engineOf(isJsonObject(EngineVersion) ? EngineVersion.EffectiveEngineVersion : undefined);
      if (typeof Name !== 'string' || engine === 'other' || !isSelected(Name, seen.settings)) continue;
      found.set(`${region}/${Name}`, { region, name: Name, engine });
    }
  }
  return [...found.values()];
}

/** Whether listing the sessions of a workgroup was refused as it is for one without Spark. */
export function isRefused(seen: Observation, { region, name }: SeenWorkgroup): boolean {
  return exchangesOf(seen, 'ListSessions').some(
    (exchange) =>
      exchange.region === region &&
      exchange.input.WorkGroup === name &&
      exchange.error === 'InvalidRequestException',
  );
}

function engineOf(shown: JsonValue | undefined): SeenWorkgroup['engine'] {
  if (shown === undefined || shown === 'AUTO') return 'unknown';
  return String(shown).toLowerCase().includes('spark') ? 'spark' : 'other';
}

function objects(list: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}
