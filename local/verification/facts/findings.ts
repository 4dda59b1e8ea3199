/** The answers that an experiment gives to the open questions: one for each switch of the embedded Athena. */
import type { World } from '../../athena/index.js';
import type { Observations } from '../experiment/observations.js';
import { defaultIdleTimeoutFinding, secondsToTerminatedFinding, terminateAnswerFinding } from './ends.js';
import type { Finding } from './finding.js';
import { idleSinceFinding, lastModifiedFinding, listedInstantsFinding } from './instants.js';
import { sqlListingFinding, unfilteredListingFinding, unknownSessionFinding } from './listings.js';
import { sparkConnectWorkFinding } from './spark-connect.js';
import { denyBySessionTagFinding, sessionTagsFinding, workgroupTagsFinding } from './tags.js';

export type Findings = { readonly [Id in keyof World]: Finding<World[Id]> };

/** Pure: says what was seen, and leaves open what was not. */
export function findingsOf(seen: Observations): Findings {
  return {
    lastModified: lastModifiedFinding(seen),
    idleSince: idleSinceFinding(seen),
    listedInstants: listedInstantsFinding(seen),
    sessionTags: sessionTagsFinding(seen),
    workgroupTags: workgroupTagsFinding(seen),
    defaultIdleTimeout: defaultIdleTimeoutFinding(seen),
    unknownSession: unknownSessionFinding(seen),
    sqlListing: sqlListingFinding(seen),
    unfilteredListing: unfilteredListingFinding(seen),
    terminateAnswer: terminateAnswerFinding(seen),
    secondsToTerminated: secondsToTerminatedFinding(seen),
    denyBySessionTag: denyBySessionTagFinding(seen),
    sparkConnectWork: sparkConnectWorkFinding(seen),
  };
}
