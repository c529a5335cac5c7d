/** Why an object must be looked at. */
export interface Dirty {
  late: boolean;
  changedAt: number;
  /** The object is gone: of which kind it was. */
  gone: { group: string; kind: string } | undefined;
}

/** UIDs of objects to look at; what is said of one more than once is joined. */
export class DirtySet {
  readonly #now: () => number;
  #uids = new Map<string, Dirty>();

  constructor(now: () => number) {
    this.#now = now;
  }

  get size(): number {
    return this.#uids.size;
  }

  mark(uid: string, { late, gone }: Partial<Dirty>): void {
    const known = this.#uids.get(uid);
    this.#uids.set(uid, {
      late: (late ?? false) || (known?.late ?? false),
      gone: gone ?? known?.gone,
      changedAt: known?.changedAt ?? this.#now(),
    });
  }

  /** What waits now; what is marked from here on waits for the next time. */
  uids(): string[] {
    return [...this.#uids.keys()];
  }

  take(uid: string): Dirty | undefined {
    const dirty = this.#uids.get(uid);
    this.#uids.delete(uid);
    return dirty;
  }
}
