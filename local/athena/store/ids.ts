/** Ids of sessions and calculations. */
import { createHash } from 'node:crypto';

/** Makes ids that look like the service's UUIDs and are the same in every run. */
export function idSequence(seed: string): () => string {
  let made = 0;
  return () => {
    made += 1;
    return uuidFrom(`${seed}#${made}`);
  };
}

function uuidFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
