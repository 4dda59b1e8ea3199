/** Worlds for property tests: every switch of the embedded Athena, drawn with the others. */
import fc from 'fast-check';
import { WORLD_ANSWERS, type World } from '../../local/athena/index.js';

const answers = WORLD_ANSWERS;

/** Shrinks to the default world, switch by switch. */
export const worlds: fc.Arbitrary<World> = fc.record({
  lastModified: fc.constantFrom(...answers.lastModified),
  idleSince: fc.constantFrom(...answers.idleSince),
  listedInstants: fc.constantFrom(...answers.listedInstants),
  sessionTags: fc.constantFrom(...answers.sessionTags),
  workgroupTags: fc.constantFrom(...answers.workgroupTags),
  defaultIdleTimeout: fc.constantFrom(...answers.defaultIdleTimeout),
  unknownSession: fc.constantFrom(...answers.unknownSession),
  sqlListing: fc.constantFrom(...answers.sqlListing),
  unfilteredListing: fc.constantFrom(...answers.unfilteredListing),
  terminateAnswer: fc.constantFrom(...answers.terminateAnswer),
  secondsToTerminated: fc.constantFrom(...answers.secondsToTerminated),
  denyBySessionTag: fc.constantFrom(...answers.denyBySessionTag),
  sparkConnectWork: fc.constantFrom(...answers.sparkConnectWork),
});
