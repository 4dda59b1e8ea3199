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
 * A session placed with `putSession` stays in its state until TerminateSession, a calculation or its own idle
 * timeout moves it; one started with StartSession goes CREATING, CREATED, IDLE by itself.
 */
export { type Clock, DrivenClock, systemClock } from './clock.js';
export { DEFAULT_ACCOUNT, EmbeddedAthena, type EmbeddedAthenaOptions } from './embedded-athena.js';
export type { Fault, FaultTarget, ScriptedFault } from './faults.js';
export { DEMO_FLEET, FleetError, parseFleet, placeFleet, readFleet } from './fleet.js';
export type { Fleet } from './fleet-schema.js';
export { type InProcessOptions, inProcessHandler } from './in-process.js';
export type { Call, Journal, JournalDetail, JournalEntry, Outcome, Witness } from './journal.js';
export type { JsonObject, JsonValue } from './json.js';
export type { OperationName } from './operations.js';
export type { AthenaAnswer, AthenaRequest } from './protocol.js';
export type { AthenaRegion, SessionSnapshot } from './region.js';
export { type ServedAthena, serveAthena } from './server.js';
export type { TerminateAnswer } from './session.js';
export type { SessionPlacement, Shown } from './session-placement.js';
export type { RateLimit } from './throttle.js';
export { DEFAULT_TIMINGS, type Timings } from './timeline.js';
export type { Engine, WorkgroupSpec } from './workgroup.js';
