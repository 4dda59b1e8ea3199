/**
 * The embedded Athena: Amazon Athena's session service in one process, which the real SDK, the AWS CLI and
 * boto3 talk to unchanged. For tests, demos and simulations.
 *
 * ```ts
 * const clock = new DrivenClock();                       // or leave it out: real time
 * const athena = new EmbeddedAthena({ clock, rateLimit: { ratePerSecond: 5, burst: 20 }, latencyMs: 25 });
 * const region = athena.region('eu-west-1');             // account 111122223333 unless given
 * region.createWorkgroup({ name: 'etl', tags: { team: 'data' } });
 * placeFleet(region, await readFleet(DEMO_FLEET));       // or many sessions at once
 * const id = region.putSession({ workGroup: 'etl', minutesInState: 45, idleTimeoutMinutes: 480 });
 * athena.script({ kind: 'error', code: 'InternalServerException', status: 500, operation: 'GetSession', times: 2 });
 *
 * const { url, close } = await serveAthena(athena);      // over HTTP: new AthenaClient({ endpoint: url, ... })
 * const requestHandler = inProcessHandler(athena);       // or without sockets: new AthenaClient({ requestHandler, ... })
 *
 * await clock.advance(60_000);                           // or clock.runUntil(promise) with the in-process handler
 * region.session(id).state;                              // the truth, without a call
 * athena.journal.count('TerminateSession', 'ok');        // what was asked and answered
 * athena.journal.witness(id).terminations;               // each with the last look before it
 * ```
 *
 * Where Athena's documentation leaves open how it behaves, a `World` decides: one switch for each open question,
 * with what AWS documents as its default. Tests that rest on a belief about Athena run in other worlds too.
 *
 * ```ts
 * const athena = new EmbeddedAthena({ world: { lastModified: 'stands', idleSince: 'empty' } });
 * describeWorld(athena.world);                           // lastModified=stands,idleSince=empty
 * region.sparkConnectWork(id, { seconds: 300 });         // busy, or idle although it is in use
 * region.loseSession(id);                                // listed, and unknown to every other call
 * ```
 *
 * The service's clock is `clockOffsetMs` ahead of the caller's, and `denyTagged` is a Deny by tag in the caller's
 * policy.
 *
 * A session placed with `putSession` stays in its state until TerminateSession, a calculation or its own idle
 * timeout moves it; one started with StartSession goes CREATING, CREATED, IDLE by itself.
 */

export type { AthenaRegion, SessionSnapshot } from './control/region.js';
export type { SessionPlacement, Shown } from './control/session-placement.js';
export { DEFAULT_ACCOUNT, EmbeddedAthena, type EmbeddedAthenaOptions } from './embedded-athena.js';
export type { Fault, FaultedAthena, FaultTarget } from './faults/fault.js';
export type { ScriptedFault } from './faults/fault-script.js';
export { DEMO_FLEET, FleetError, parseFleet, placeFleet, readFleet } from './fleets/fleet.js';
export type { Fleet } from './fleets/fleet-schema.js';
export type { Call, CallResult } from './journal/call.js';
export type { Journal, JournalDetail, JournalEntry, Witness } from './journal/journal.js';
export type { OperationName } from './operations/operation-table.js';
export type { TagDeny } from './store/region-store.js';
export type { TerminateAnswer } from './store/session.js';
export type { Engine, WorkgroupSpec } from './store/workgroup.js';
export { type Clock, DrivenClock, systemClock } from './time/clock.js';
export type { RateLimit } from './time/throttle.js';
export { DEFAULT_TIMINGS, type Timings } from './time/timeline.js';
export { type ServedAthena, serveAthena } from './wire/http-server.js';
export { type InProcessOptions, inProcessHandler } from './wire/in-process.js';
export type { JsonObject, JsonValue } from './wire/json.js';
export type { AthenaAnswer, AthenaRequest } from './wire/protocol.js';
export { parseWorld, readWorld, WorldError } from './world/parse-world.js';
export { DEFAULT_WORLD, describeWorld, WORLD_ANSWERS, type World } from './world/world.js';
