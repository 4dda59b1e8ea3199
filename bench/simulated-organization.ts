/**
 * The sweep of an organization in simulated time: the groups that the state machine forms, and the function's own
 * code for each target, against an embedded Athena for each.
 */
import { AthenaClient, ListWorkGroupsCommand } from '@aws-sdk/client-athena';
import pLimit from 'p-limit';
import { AthenaSessions, CLIENT_DEFAULTS } from '../lambda/athena/athena-sessions.js';
import type { OrganizationHost } from '../lambda/organization/organization-host.js';
import { invokeInOrganization } from '../lambda/organization/organization-invocation.js';
import { parseSettings } from '../lambda/settings/read-settings.js';
import { ProcessMemory } from '../lambda/sweep/process-memory.js';
import { EmbeddedAthena, inProcessHandler } from '../local/athena/index.js';
import { inVirtualTime, seededRandom } from '../test/support/virtual-time.js';
import { type Plan, planned, type Size } from './organization-plan.js';

const REGION = 'eu-west-1';
const FUNCTION_ARN = `arn:aws:lambda:${REGION}:999999999999:function:hub`;
/** The function's timeout with the default schedule. */
const TIMEOUT_MS = 60_000;

export interface Assumptions {
  /** From a call to its answer. */
  readonly athenaLatencyMs: number;
  /** For each operation, account and region: not published, so assumed. */
  readonly athenaRate: { readonly ratePerSecond: number; readonly burst: number };
  /** Step Functions, the start of the invocation and AssumeRole, for each target. */
  readonly overheadMs: number;
}

/** What is in a target: a share of all targets has this many Spark workgroups, sessions and due ones. */
export interface Kind {
  readonly name: string;
  readonly share: number;
  readonly workgroups: number;
  readonly sessions: number;
  readonly due: number;
}

export interface Swept {
  readonly kind: string;
  /** Simulated, the overhead included. */
  readonly durationMs: number;
  readonly figures: Readonly<Record<string, number>>;
}

export interface SweptOrganization {
  /** Simulated. */
  readonly wallMs: number;
  readonly targets: readonly Swept[];
}

export interface Organization extends Size {
  readonly kinds: readonly Kind[];
}

export async function sweepOrganization(
  organization: Organization,
  assumptions: Assumptions,
): Promise<SweptOrganization> {
  const plan = await planned(organization);
  const free = await Promise.all(Array.from({ length: plan.groupsAtOnce * plan.atOnce }, openSlot));
  return inVirtualTime(async ({ elapsedMs }) => {
    const targets = await inGroups(plan, organization.kinds, async (kind): Promise<Swept> => {
      const slot = free.pop();
      if (!slot) throw new RangeError('More targets at once than were planned');
      const from = elapsedMs();
      const figures = await sweepOne(slot, kind, assumptions);
      free.push(slot);
      return { kind: kind.name, durationMs: elapsedMs() - from, figures };
    });
    return { wallMs: elapsedMs(), targets };
  });
}

/** How long a sweep takes where each target takes as long as its kind was measured to, in milliseconds. */
export async function estimatedMs(
  organization: Organization,
  meanMs: ReadonlyMap<string, number>,
): Promise<number> {
  const plan = await planned(organization);
  return inVirtualTime(async ({ elapsedMs }) => {
    await inGroups(plan, organization.kinds, ({ name }) => passing(meanMs.get(name) ?? 0));
    return elapsedMs();
  });
}

async function inGroups<T>(
  { groups, groupsAtOnce, atOnce }: Plan,
  kinds: readonly Kind[],
  sweepTarget: (kind: Kind) => Promise<T>,
): Promise<readonly T[]> {
  const random = seededRandom(7);
  const swept = await pLimit(groupsAtOnce).map(groups, (targets) => {
    const drawnKinds = Array.from({ length: targets }, () => drawn(kinds, random()));
    return pLimit(atOnce).map(drawnKinds, sweepTarget);
  });
  return swept.flat();
}

type Slot = Awaited<ReturnType<typeof openSlot>>;

/** A container. Its client's first call loads modules, which takes real time: it is made here. */
async function openSlot() {
  const nobody = inProcessHandler(new EmbeddedAthena());
  let { handle } = nobody;
  const requestHandler = {
    ...nobody,
    get handle() {
      return handle;
    },
  };
  const client = new AthenaClient({
    ...CLIENT_DEFAULTS,
    region: REGION,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'simulated' },
    requestHandler,
  });
  await client.send(new ListWorkGroupsCommand({}));
  const connect = (athena: EmbeddedAthena) => {
    const { requestTimeout: requestTimeoutMs } = CLIENT_DEFAULTS.requestHandler;
    ({ handle } = inProcessHandler(athena, { requestTimeoutMs }));
  };
  return { client, connect };
}

async function sweepOne(
  { client, connect }: Slot,
  kind: Kind,
  { athenaLatencyMs, athenaRate, overheadMs }: Assumptions,
): Promise<Readonly<Record<string, number>>> {
  const athena = new EmbeddedAthena({
    latencyMs: athenaLatencyMs,
    rateLimit: athenaRate,
    journal: 'counts',
  });
  place(kind, athena);
  connect(athena);
  await passing(overheadMs);
  const event = { target: { accountId: '111122223333', region: REGION } };
  const end = Date.now() + TIMEOUT_MS;
  const context = { invokedFunctionArn: FUNCTION_ARN, getRemainingTimeInMillis: () => end - Date.now() };
  const answer = await invokeInOrganization(event, context, hostWith(client));
  const figures = Object.entries(answer).filter((entry): entry is [string, number] =>
    Number.isFinite(entry[1]),
  );
  return Object.fromEntries(figures);
}

function place({ workgroups, sessions, due }: Kind, athena: EmbeddedAthena): void {
  const region = athena.region(REGION);
  region.createWorkgroup({ name: 'primary', engine: 'Athena engine version 3' });
  for (let w = 0; w < workgroups; w += 1) region.createWorkgroup({ name: `team-${w}` });
  for (let s = 0; s < sessions; s += 1) {
    const minutesInState = s < due ? 60 : 5;
    region.putSession({ workGroup: `team-${s % workgroups}`, minutesInState, idleTimeoutMinutes: 480 });
  }
}

function hostWith(client: AthenaClient): OrganizationHost {
  const settings = parseSettings({
    regions: [REGION],
    organization: { memberRoleName: 'AthenaSessionReaperMember', externalId: 'bench' },
  });
  const connect: OrganizationHost['connect'] = (region, account) =>
    new AthenaSessions(client, region, account);
  const nothing = () => undefined;
  return {
    settings: () => settings,
    ownRegion: REGION,
    connect,
    connectAs: connect,
    logger: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    metrics: { setTimestamp: nothing, addMetric: nothing, publishStoredMetrics: nothing },
    clock: Date.now,
    memory: new ProcessMemory(),
    summarized: new Set(),
  };
}

function passing(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function drawn(kinds: readonly Kind[], random: number): Kind {
  let left = random;
  for (const kind of kinds) {
    left -= kind.share;
    if (left < 0) return kind;
  }
  throw new RangeError('The shares of the kinds add up to less than 1');
}
