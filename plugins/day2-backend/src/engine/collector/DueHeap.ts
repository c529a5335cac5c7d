interface Due {
  at: number;
  key: string;
}

/** Keys with the time when each is due; a key has one time, the last that was set. */
export class DueHeap {
  readonly #heap: Due[] = [];
  readonly #times = new Map<string, number>();

  get size(): number {
    return this.#times.size;
  }

  set(key: string, at: number | undefined): void {
    if (at === undefined) {
      this.#times.delete(key);
      return;
    }
    if (this.#times.get(key) !== at) {
      this.#times.set(key, at);
      this.#push({ at, key });
    }
  }

  /** When the first key is due. */
  next(): number | undefined {
    for (;;) {
      const [first] = this.#heap;
      if (!first) {
        return undefined;
      }
      if (this.#times.get(first.key) === first.at) {
        return first.at;
      }
      this.#pop();
    }
  }

  /** Takes out every key that is due. */
  take(now: number): string[] {
    const keys: string[] = [];
    for (
      let at = this.next();
      at !== undefined && at <= now;
      at = this.next()
    ) {
      const { key } = this.#pop();
      this.#times.delete(key);
      keys.push(key);
    }
    return keys;
  }

  #push(due: Due): void {
    const heap = this.#heap;
    let index = heap.push(due) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (heap[parent].at <= heap[index].at) {
        break;
      }
      [heap[parent], heap[index]] = [heap[index], heap[parent]];
      index = parent;
    }
  }

  #pop(): Due {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last && heap.length > 0) {
      heap[0] = last;
      this.#sink();
    }
    return first;
  }

  #sink(): void {
    const heap = this.#heap;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const right = left + 1;
      let least = index;
      if (left < heap.length && heap[left].at < heap[least].at) {
        least = left;
      }
      if (right < heap.length && heap[right].at < heap[least].at) {
        least = right;
      }
      if (least === index) {
        return;
      }
      [heap[least], heap[index]] = [heap[index], heap[least]];
      index = least;
    }
  }
}
