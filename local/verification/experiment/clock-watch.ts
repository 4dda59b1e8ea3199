/** By how much Athena's clock is ahead of this machine's, learnt from the Date header of each answer. */
import type { AthenaClient } from '@aws-sdk/client-athena';
import type { Clock } from '../../athena/index.js';
import { NotObservable } from './observed.js';

export interface OffsetRange {
  readonly least: number;
  readonly most: number;
}

/** Reads the answers of a client from now on. Times are milliseconds. */
export class ClockWatch {
  #range: OffsetRange = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };

  constructor(client: AthenaClient, clock: Clock) {
    client.middlewareStack.add(
      (next) => async (args) => {
        const sentAt = clock.now();
        const result = await next(args);
        this.#learn(dateOf(result.response), sentAt, clock.now());
        return result;
      },
      { step: 'deserialize', priority: 'low' },
    );
  }

  /** @throws NotObservable where no answer had a date. */
  range(): OffsetRange {
    if (Number.isFinite(this.#range.least)) return this.#range;
    throw new NotObservable('no answer had a Date header');
  }

  /** The header has whole seconds, and was written between the call and its answer. */
  #learn(date: number, sentAt: number, receivedAt: number): void {
    if (Number.isNaN(date)) return;
    const { least, most } = this.#range;
    const seen = { least: date - receivedAt, most: date + 1_000 - sentAt };
    const both = { least: Math.max(least, seen.least), most: Math.min(most, seen.most) };
    // Where a clock was set in between, the last answer holds.
    this.#range = both.least <= both.most ? both : seen;
  }
}

function dateOf(response: unknown): number {
  if (typeof response !== 'object' || response === null || !('headers' in response)) return Number.NaN;
  const { headers } = response;
  if (typeof headers !== 'object' || headers === null) return Number.NaN;
  const date = Object.entries(headers).find(([name]) => name.toLowerCase() === 'date')?.[1];
  return typeof date === 'string' ? Date.parse(date) : Number.NaN;
}
