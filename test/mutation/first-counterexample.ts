/** For mutation testing, where it is enough to know that a property fails: no shrinking, and the same runs each time. */
import fc from 'fast-check';

fc.configureGlobal({ seed: 4, endOnFailure: true });
