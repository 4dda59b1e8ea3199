/** Pages of a listing, and the tokens that ask for the next one. */
import { createHmac } from 'node:crypto';
import { invalidRequest } from './service-error.js';

/** Not a secret; only makes a token that was not given out here recognisable. */
const SEAL_KEY = 'embedded-athena';

/**
 * An opaque NextToken that says where `listing` goes on.
 * @param listing all that must be the same on the next call: region, operation, workgroup, filter.
 */
export function pageToken(listing: string, position: string): string {
  return `${Buffer.from(position).toString('base64url')}.${seal(listing, position)}`;
}

/**
 * The position that a token holds.
 * @throws ServiceError InvalidRequestException for a token that was made up or belongs to another listing.
 */
export function positionIn(listing: string, token: string): string {
  const [encoded = '', given] = token.split('.');
  const position = Buffer.from(encoded, 'base64url').toString();
  if (given !== seal(listing, position)) throw invalidRequest('Invalid or expired NextToken.');
  return position;
}

function seal(listing: string, position: string): string {
  return createHmac('sha256', SEAL_KEY).update(`${listing}\n${position}`).digest('base64url');
}

/** One page of a list that is sorted by a unique key, smallest first. */
export function pageAfter<T>(
  sorted: readonly T[],
  keyOf: (item: T) => string,
  after: string | undefined,
  size: number,
): { readonly items: readonly T[]; readonly next: string | undefined } {
  const start = after === undefined ? 0 : firstBeyond(sorted, keyOf, after);
  const items = sorted.slice(start, start + size);
  const last = items.at(-1);
  const more = start + size < sorted.length;
  return { items, next: more && last !== undefined ? keyOf(last) : undefined };
}

function firstBeyond<T>(sorted: readonly T[], keyOf: (item: T) => string, key: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = sorted[middle];
    if (item !== undefined && keyOf(item) <= key) low = middle + 1;
    else high = middle;
  }
  return low;
}
