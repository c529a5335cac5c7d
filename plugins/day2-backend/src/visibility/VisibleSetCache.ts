import { Clock } from '../model/time';

/** What one set of conditions lets through. */
export interface EvaluatedSet {
  ids: ReadonlySet<number>;
  version: string;
}

interface Entry {
  generation: number;
  at: number;
  set: Promise<EvaluatedSet>;
  size: number;
}

const maxEntries = 1000;
/** All entries together, so that many wide sets do not fill the heap. */
const maxIds = 2_000_000;
const maxAgeMs = 60_000;

/**
 * Evaluated sets by hash of their criteria, least recently used ones dropped first. An entry holds for one generation of
 * entities and a minute; failures are not kept.
 */
export class VisibleSetCache {
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry>();
  #ids = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get(options: {
    key: string;
    generation: number;
    evaluate(): Promise<EvaluatedSet>;
  }): Promise<EvaluatedSet> {
    const { key, generation, evaluate } = options;
    const found = this.#entries.get(key);
    const now = this.#clock.now();
    if (found && found.generation === generation && now - found.at < maxAgeMs) {
      this.#entries.delete(key);
      this.#entries.set(key, found);
      return found.set;
    }
    this.#drop(key);
    const entry: Entry = { generation, at: now, set: evaluate(), size: 0 };
    this.#entries.set(key, entry);
    entry.set.then(
      ({ ids }) => this.#account(key, entry, ids.size),
      () => this.#drop(key, entry),
    );
    return entry.set;
  }

  #account(key: string, entry: Entry, size: number): void {
    if (this.#entries.get(key) !== entry) {
      return;
    }
    entry.size = size;
    this.#ids += size;
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= maxEntries && this.#ids <= maxIds) {
        return;
      }
      this.#drop(oldest);
    }
  }

  #drop(key: string, only?: Entry): void {
    const entry = this.#entries.get(key);
    if (entry && (only === undefined || entry === only)) {
      this.#entries.delete(key);
      this.#ids -= entry.size;
    }
  }
}
