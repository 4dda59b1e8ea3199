/** StartSession: what may be asked for, and the session that comes of it. */

import type { StartSessionResponse } from '@aws-sdk/client-athena';
import * as v from 'valibot';
import { MINUTE_MS } from '../../../lambda/contract/durations.js';
import type { RegionStore } from '../store/region-store.js';
import { stateOf } from '../store/session.js';
import { holdsSessions, type WorkgroupRecord } from '../store/workgroup.js';
import { startPhases, Timeline } from '../time/timeline.js';
import type { OnWire } from '../wire/json.js';
import { invalidRequest } from '../wire/service-error.js';
import { anyStructure, patternedText, structure, text, whole } from '../wire/shape.js';
import type { World } from '../world/world.js';
import { checkedTags, tagList } from './tags.js';
import { workgroupName } from './workgroups.js';

/** The only one there is, by the model. */
const NOTEBOOK_VERSION = 'Athena notebook version 1';

const parameters = v.record(text(1, 255), text(0, 51_200));

export const startSessionRequest = structure({
  WorkGroup: workgroupName,
  Description: v.optional(text(1, 1024)),
  EngineConfiguration: structure({
    CoordinatorDpuSize: v.optional(whole(1, 1), 1),
    MaxConcurrentDpus: v.optional(whole(2, 5000), 20),
    DefaultExecutorDpuSize: v.optional(whole(1, 1), 1),
    AdditionalConfigs: v.optional(parameters),
    SparkProperties: v.optional(parameters),
    Classifications: v.optional(v.array(structure({ Name: text(1, 128), Properties: parameters }))),
  }),
  ExecutionRole: v.optional(patternedText('arn:aws[a-z\\-]*:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+')),
  MonitoringConfiguration: v.optional(anyStructure),
  NotebookVersion: v.optional(text(1, 128)),
  SessionIdleTimeoutInMinutes: v.optional(whole(1, 480)),
  ClientRequestToken: v.optional(text(32, 128)),
  Tags: v.optional(tagList, []),
  CopyWorkGroupTags: v.optional(v.boolean()),
});
type StartSessionInput = v.InferOutput<typeof startSessionRequest>;

/** Starts a session; a ClientRequestToken that was used before names the session that it started. */
export function startSession(store: RegionStore, input: StartSessionInput): OnWire<StartSessionResponse> {
  const workgroup = store.workgroup(input.WorkGroup);
  checkStartable(workgroup, input);
  const { ClientRequestToken: token, ...request } = input;
  const asked = JSON.stringify(request);
  const earlier = token === undefined ? undefined : store.requestTokens.get(token);
  if (earlier !== undefined && earlier.request !== asked) {
    throw invalidRequest('ClientRequestToken was used before with other parameters.');
  }
  const session = earlier ? store.session(earlier.sessionId) : newSession(store, workgroup, input);
  if (token !== undefined) store.requestTokens.set(token, { request: asked, sessionId: session.id });
  return { SessionId: session.id, State: stateOf(session, store.clock.now()) };
}

function checkStartable(
  workgroup: WorkgroupRecord,
  { NotebookVersion, EngineConfiguration }: StartSessionInput,
): void {
  if (!holdsSessions(workgroup)) throw invalidRequest(`WorkGroup ${workgroup.name} is not Spark enabled.`);
  if (workgroup.state === 'DISABLED') throw invalidRequest(`WorkGroup ${workgroup.name} is disabled.`);
  if (NotebookVersion === undefined) return;
  if (NotebookVersion !== NOTEBOOK_VERSION) {
    throw invalidRequest(`The only valid notebook version is ${NOTEBOOK_VERSION}.`);
  }
  if (EngineConfiguration.AdditionalConfigs?.NotebookId === undefined) {
    throw invalidRequest('NotebookVersion needs a NotebookId in AdditionalConfigs.');
  }
}

function newSession(store: RegionStore, workgroup: WorkgroupRecord, input: StartSessionInput) {
  const now = store.clock.now();
  const { shownMs, effectiveMs } = idleTimeoutOf(input, store.world);
  const copiesTags = input.CopyWorkGroupTags ?? store.world.workgroupTags === 'copied';
  return store.addSession({
    workGroup: workgroup.name,
    startedAt: now,
    timeline: new Timeline(...startPhases(now, effectiveMs, store.timings, store.terminatingMs)),
    description: input.Description,
    notebookVersion: input.NotebookVersion,
    engineVersion: workgroup.effectiveEngine,
    engineConfiguration: input.EngineConfiguration,
    coordinatorDpus: input.EngineConfiguration.CoordinatorDpuSize,
    workers: 0,
    executionRole: input.ExecutionRole,
    monitoringConfiguration: input.MonitoringConfiguration,
    idleTimeoutMs: shownMs,
    endsWhenIdleForMs: effectiveMs,
    tags: checkedTags(copiesTags ? workgroup.tags : new Map(), input.Tags),
    oddities: { hidden: new Set() },
  });
}

/** Idle timeouts in milliseconds, as GetSession shows it and as it ends the session. By the user guide, 20 minutes. */
function idleTimeoutOf(
  { SessionIdleTimeoutInMinutes: asked }: StartSessionInput,
  { defaultIdleTimeout }: World,
): { readonly shownMs: number | undefined; readonly effectiveMs: number | undefined } {
  if (asked !== undefined) return { shownMs: asked * MINUTE_MS, effectiveMs: asked * MINUTE_MS };
  switch (defaultIdleTimeout) {
    case '20-minutes-shown':
      return { shownMs: 20 * MINUTE_MS, effectiveMs: 20 * MINUTE_MS };
    case '20-minutes-hidden':
      return { shownMs: undefined, effectiveMs: 20 * MINUTE_MS };
    case 'none':
      return { shownMs: undefined, effectiveMs: undefined };
  }
}
