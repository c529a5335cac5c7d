import { Clock } from '../model/time';

const maxAgeMs = 10_000;
const maxEntries = 10_000;

/** Decisions by reader, for ten seconds, one question in flight per reader. Failures are not kept. */
export class DecisionCache<T> {
  readonly #clock: Clock;
  readonly #entries = new Map<string, { at: number; decision: Promise<T> }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get(reader: string, decide: () => Promise<T>): Promise<T> {
    const now = this.#clock.now();
    const found = this.#entries.get(reader);
    if (found && now - found.at < maxAgeMs) {
      return found.decision;
    }
    const entry = { at: now, decision: decide() };
    this.#entries.delete(reader);
    this.#entries.set(reader, entry);
    entry.decision.catch(() => {
      if (this.#entries.get(reader) === entry) {
        this.#entries.delete(reader);
      }
    });
    this.#forgetOld(now);
    return entry.decision;
  }

  #forgetOld(now: number): void {
    // In the order of their age.
    for (const [reader, { at }] of this.#entries) {
      if (now - at < maxAgeMs && this.#entries.size <= maxEntries) {
        return;
      }
      this.#entries.delete(reader);
    }
  }
}
