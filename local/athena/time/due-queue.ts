/** A queue of items that fall due. */

interface Entry<T> {
  readonly at: number;
  /** Breaks ties, so that what was put in first comes out first. */
  readonly order: number;
  readonly item: T;
}

/** Items by the time at which they fall due, earliest first: a binary heap, O(log n) for each item. */
export class DueQueue<T> {
  readonly #heap: Entry<T>[] = [];
  #order = 0;

  /** Time at which the earliest item falls due; undefined when empty. */
  get nextAt(): number | undefined {
    return this.#heap[0]?.at;
  }

  push(at: number, item: T): void {
    this.#order += 1;
    const entry = { at, order: this.#order, item };
    let hole = this.#heap.push(entry) - 1;
    while (hole > 0) {
      const above = (hole - 1) >> 1;
      const parent = this.#heap[above];
      if (parent === undefined || !isBefore(entry, parent)) break;
      this.#heap[hole] = parent;
      hole = above;
    }
    this.#heap[hole] = entry;
  }

  /** Takes out the earliest item if it is due at `now`. */
  popDue(now: number): { readonly at: number; readonly item: T } | undefined {
    const first = this.#heap[0];
    if (first === undefined || first.at > now) return undefined;
    const last = this.#heap.pop();
    if (last !== undefined && last !== first) this.#sinkFromTop(last);
    return first;
  }

  #sinkFromTop(entry: Entry<T>): void {
    let hole = 0;
    for (;;) {
      const next = this.#earlierChild(hole);
      const child = this.#heap[next];
      if (child === undefined || !isBefore(child, entry)) break;
      this.#heap[hole] = child;
      hole = next;
    }
    this.#heap[hole] = entry;
  }

  #earlierChild(parent: number): number {
    const left = this.#heap[2 * parent + 1];
    const right = this.#heap[2 * parent + 2];
    return 2 * parent + (left !== undefined && right !== undefined && isBefore(right, left) ? 2 : 1);
  }
}

function isBefore(a: Entry<unknown>, b: Entry<unknown>): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
