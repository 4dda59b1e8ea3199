/** Findings on what is listed, and on sessions that Athena does not know. */
import type { World } from '../../athena/index.js';
import type { Observations } from '../experiment/observations.js';
import { answered, type Finding, fromSeen, open, reasonOf } from './finding.js';

export function sqlListingFinding({ sqlListing }: Observations): Finding<World['sqlListing']> {
  if (sqlListing.kind === 'failed' && sqlListing.failure.code === 'InvalidRequestException')
    return answered('InvalidRequestException', sqlListing.failure.message);
  return fromSeen(sqlListing, (sessions) =>
    sessions === 0
      ? answered('empty', 'a listing without a session')
      : open(`it listed ${sessions} sessions`),
  );
}

export function unfilteredListingFinding({ degraded }: Observations): Finding<World['unfilteredListing']> {
  return fromSeen(degraded, ({ degraded: all, listed }) => {
    const seen = `${listed} of ${all} DEGRADED sessions were listed without a filter`;
    if (listed === all) return answered('with-degraded', seen);
    return listed === 0 ? answered('without-degraded', seen) : open(seen);
  });
}

/** What GetSession says of an id that was made up, and, beside it, of one that ended long ago. */
export function unknownSessionFinding({ madeUp, longEnded }: Observations): Finding<World['unknownSession']> {
  const beside = longEndedInWords(longEnded);
  if (madeUp.kind === 'failed') {
    const { code } = madeUp.failure;
    if (code === 'ResourceNotFoundException' || code === 'InvalidRequestException')
      return answered(code, `for an id that was made up${beside}`);
  }
  return fromSeen(madeUp, (state) =>
    state === 'TERMINATED'
      ? answered(state, `for an id that was made up${beside}`)
      : open(`GetSession answered the state ${state ?? '(none)'} for an id that was made up`),
  );
}

function longEndedInWords(longEnded: Observations['longEnded']): string {
  if (longEnded.kind === 'seen') {
    const { days, state } = longEnded.value;
    return `; ${state ?? 'no state'} for a session that ended ${Math.floor(days)} d ago`;
  }
  return longEnded.kind === 'failed' ? `; for one that ended long ago ${reasonOf(longEnded)}` : '';
}
