const firstMs = 800;
const lastMs = 30_000;

/** Delays that double from 0.8 s to 30 s, spread over half to one and a half of that: what client-go settled on. */
export class Backoff {
  readonly #random: () => number;
  #nextMs = firstMs;

  constructor(random: () => number) {
    this.#random = random;
  }

  next(): number {
    const delay = this.#nextMs * (0.5 + this.#random());
    this.#nextMs = Math.min(lastMs, this.#nextMs * 2);
    return delay;
  }

  reset(): void {
    this.#nextMs = firstMs;
  }
}
