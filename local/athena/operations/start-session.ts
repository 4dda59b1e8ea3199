import type { StartSessionResponse } from '@aws-sdk/client-athena';
import { z } from 'zod';
import type { RegionStore } from '../store/region-store.js';
import { stateOf } from '../store/session.js';
import { holdsSessions, type WorkgroupRecord } from '../store/workgroup.js';
import { startPhases, Timeline } from '../time/timeline.js';
import type { OnWire } from '../wire/json.js';
import { invalidRequest } from '../wire/service-error.js';
import { patternedText, text, whole } from '../wire/shape.js';
import { checkedTags, tagList } from './tags.js';
import { workgroupName } from './workgroups.js';

/** The only one there is, by the model. */
const NOTEBOOK_VERSION = 'Athena notebook version 1';
const MINUTE = 60_000;

const parameters = z.record(text(1, 255), text(0, 51_200));

export const startSessionRequest = z.object({
  WorkGroup: workgroupName,
  Description: text(1, 1024).optional(),
  EngineConfiguration: z.object({
    CoordinatorDpuSize: whole(1, 1).default(1),
    MaxConcurrentDpus: whole(2, 5000).default(20),
    DefaultExecutorDpuSize: whole(1, 1).default(1),
    AdditionalConfigs: parameters.optional(),
    SparkProperties: parameters.optional(),
    Classifications: z.array(z.object({ Name: text(1, 128), Properties: parameters })).optional(),
  }),
  ExecutionRole: patternedText('arn:aws[a-z\\-]*:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+').optional(),
  MonitoringConfiguration: z.record(z.string(), z.json()).optional(),
  NotebookVersion: text(1, 128).optional(),
  SessionIdleTimeoutInMinutes: whole(1, 480).optional(),
  ClientRequestToken: text(32, 128).optional(),
  Tags: tagList.default([]),
  CopyWorkGroupTags: z.boolean().default(false),
});
type StartSessionInput = z.output<typeof startSessionRequest>;

/**
 * Starts a session. Without a timeout it never ends by itself: what the service does then is not documented,
 * and of all readings this is the one that leaves most behind.
 */
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
  const timeout = input.SessionIdleTimeoutInMinutes;
  const idleTimeoutMs = timeout === undefined ? undefined : timeout * MINUTE;
  return store.addSession({
    workGroup: workgroup.name,
    startedAt: now,
    timeline: new Timeline(...startPhases(now, idleTimeoutMs, store.timings)),
    description: input.Description,
    notebookVersion: input.NotebookVersion,
    engineVersion: workgroup.effectiveEngine,
    engineConfiguration: input.EngineConfiguration,
    coordinatorDpus: input.EngineConfiguration.CoordinatorDpuSize,
    executionRole: input.ExecutionRole,
    monitoringConfiguration: input.MonitoringConfiguration,
    idleTimeoutMs,
    endsWhenIdleForMs: idleTimeoutMs,
    tags: checkedTags(input.CopyWorkGroupTags ? workgroup.tags : new Map(), input.Tags),
    oddities: { hidden: new Set() },
  });
}
