/**
 * How far the service's clock is ahead of this machine's, read from the `Date` header of its answers. The SDK
 * corrects its signatures by the same header and says nothing, so that nobody else would notice.
 */
import { HttpResponse } from '@smithy/core/transport';

/** A `Date` header has whole seconds: the service's clock was at that second or less than one after it. */
const PRECISION_MS = 1_000;

/** The clock of the service behind one client. */
export class ServiceClock {
  /** By every answer so far the offset is at least the one and at most the other. */
  #least = Number.NEGATIVE_INFINITY;
  #most = Number.POSITIVE_INFINITY;

  /**
   * Milliseconds, negative where the service's clock is behind. 0 where that is possible, otherwise the offset that
   * makes sessions look youngest: a doubt spares. Answers that contradict each other leave what lies between them.
   */
  offsetMs(): number {
    const from = Math.min(this.#least, this.#most);
    const to = Math.max(this.#least, this.#most);
    return from <= 0 && 0 <= to ? 0 : from;
  }

  /** @returns the command, whose answer this clock will notice, also where it is an error. */
  watching<C extends Watchable>(command: C): C {
    command.middlewareStack.add(
      (next) => async (args) => {
        const sentAt = Date.now();
        const answer = await next(args);
        const { response } = answer;
        if (HttpResponse.isInstance(response)) {
          this.note(response.headers.date ?? response.headers.Date, sentAt, Date.now());
        }
        return answer;
      },
      // The innermost place: nothing but the network lies between the two readings of this machine's clock.
      { step: 'deserialize', priority: 'low', name: 'serviceClock' },
    );
    return command;
  }

  /**
   * @param header the `Date` header of an answer; what is missing, or not written as HTTP has it, proves nothing.
   * @param sentAt epoch milliseconds by this machine's clock, as `receivedAt` is.
   */
  note(header: string | undefined, sentAt: number, receivedAt: number): void {
    const date = Date.parse(header ?? '');
    if (Number.isNaN(date) || new Date(date).toUTCString() !== header) return;
    this.#least = Math.max(this.#least, date - receivedAt);
    this.#most = Math.min(this.#most, date + PRECISION_MS - sentAt);
  }
}

type Next<Args, Answer> = (args: Args) => Promise<Answer>;

/** What is needed of a command of the SDK. */
interface Watchable {
  readonly middlewareStack: {
    add(
      middleware: <Args, Answer extends { response: unknown }>(
        next: Next<Args, Answer>,
      ) => Next<Args, Answer>,
      options: { step: 'deserialize'; priority: 'low'; name: string },
    ): void;
  };
}
