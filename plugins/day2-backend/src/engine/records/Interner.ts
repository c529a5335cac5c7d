/** Longest text that is worth sharing; longer ones hardly repeat. */
const maxLength = 1024;

/**
 * Makes equal values one value: the pods of a ReplicaSet differ in a few fields only. Two generations bound the memory:
 * what was not asked for since the last turn is forgotten.
 */
export class Interner {
  readonly #limit: number;
  #young = new Map<string, unknown>();
  #old = new Map<string, unknown>();

  constructor(limit = 2_000) {
    this.#limit = limit;
  }

  text(value: string): string {
    return value.length > maxLength ? value : this.#share(value, value);
  }

  /** A value equal to `value`, which must be plain data that nobody changes any more. */
  value<T>(value: T): T {
    if (typeof value === 'string') {
      return this.text(value) as T & string;
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    const parts: Record<string, unknown> = value as T & Record<string, unknown>;
    for (const key of Object.keys(parts)) {
      parts[key] = this.value(parts[key]);
    }
    const key = JSON.stringify(value);
    return key.length > maxLength ? value : this.#share(`json:${key}`, value);
  }

  #share<T>(key: string, value: T): T {
    const young = this.#young.get(key);
    if (young !== undefined) {
      return young as T;
    }
    const shared = (this.#old.get(key) as T | undefined) ?? value;
    if (this.#young.size >= this.#limit) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, shared);
    return shared;
  }
}
