/** How long after a read was begun its result may still be used. */
const LIFE_MS = 2_000;

interface Read<T> {
  readonly begunAt: number;
  readonly result: Promise<T>;
}

/**
 * Reads that many ask for at nearly the same time, e.g. of the tags of a workgroup with many due sessions. What was
 * read is as old as the moment at which the read began, so that its age counts from there. Failures are shared by
 * those who wait for them and never remembered.
 */
export class RecentReads<T> {
  readonly #reads = new Map<string, Read<T>>();

  /** Uses the last read of that name where it is recent enough, and reads otherwise. */
  recent(name: string, read: () => Promise<T>): Promise<T> {
    const last = this.#reads.get(name);
    if (last && performance.now() - last.begunAt < LIFE_MS) return last.result;
    return this.fresh(name, read);
  }

  /** Reads in any case, for others to use. */
  fresh(name: string, read: () => Promise<T>): Promise<T> {
    const mine = { begunAt: performance.now(), result: read() };
    this.#reads.set(name, mine);
    mine.result.catch(() => {
      if (this.#reads.get(name) === mine) this.#reads.delete(name);
    });
    return mine.result;
  }
}
