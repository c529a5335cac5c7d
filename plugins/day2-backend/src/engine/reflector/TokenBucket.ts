import { Clock } from '../../model/time';

/** Lets `burst` through at once and then one each `intervalMs`, in the order of asking. */
export class TokenBucket {
  readonly #clock: Clock;
  readonly #intervalMs: number;
  readonly #burst: number;
  /** When the bucket would be full again. */
  #fullAt: number;

  constructor(options: { clock: Clock; intervalMs: number; burst: number }) {
    this.#clock = options.clock;
    this.#intervalMs = options.intervalMs;
    this.#burst = Math.max(1, options.burst);
    this.#fullAt = options.clock.now();
  }

  async take(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const now = this.#clock.now();
    this.#fullAt = Math.max(this.#fullAt, now) + this.#intervalMs;
    const wait = this.#fullAt - now - this.#burst * this.#intervalMs;
    if (wait > 0) {
      await this.#clock.delay(wait, signal);
    }
  }
}
