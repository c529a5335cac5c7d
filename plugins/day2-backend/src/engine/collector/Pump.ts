import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { Clock } from '../../model/time';

/** After the first change, so that what belongs together comes together. */
const firstMs = 50;
/** Between two writes. */
const pauseMs = 200;
const retriesMs = [1_000, 2_000, 5_000, 10_000] as const;

/** Runs the work of a collector: soon after a change, not too often, one at a time, and again until it succeeded. */
export class Pump {
  readonly #options: {
    clock: Clock;
    logger: LoggerService;
    work(signal: AbortSignal): Promise<void>;
    hasWork(): boolean;
    nextDueAt(): number | undefined;
    onLeaseLost(): void;
  };
  readonly #stopped = new AbortController();
  #cancel: (() => void) | undefined;
  #plannedAt = Infinity;
  #running: Promise<void> | undefined;
  #startedAt = -Infinity;
  #failures = 0;
  #leaseLost = false;

  constructor(options: {
    clock: Clock;
    logger: LoggerService;
    work(signal: AbortSignal): Promise<void>;
    hasWork(): boolean;
    /** When there will be work although nothing changes. */
    nextDueAt(): number | undefined;
    onLeaseLost(): void;
  }) {
    this.#options = options;
  }

  /** There is work now. */
  schedule(): void {
    const { clock } = this.#options;
    if (this.#failures === 0) {
      this.#plan(Math.max(clock.now() + firstMs, this.#startedAt + pauseMs));
    }
  }

  /** Does what is left, once, without waiting; gives up when the signal aborts. */
  async finish(signal: AbortSignal): Promise<void> {
    this.#unplan();
    const aborted = new Promise<void>(resolve => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    const last = async () => {
      await this.#running;
      await this.#run(signal);
    };
    await Promise.race([last(), aborted]);
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#unplan();
    await this.#running;
  }

  failed(error: unknown): void {
    const { logger } = this.#options;
    const message = isError(error) ? error.message : String(error);
    if (isError(error) && error.name === 'LeaseLostError') {
      if (!this.#leaseLost) {
        this.#leaseLost = true;
        this.#options.onLeaseLost();
      }
    } else {
      logger.warn(`What was found could not be stored: ${message}`);
    }
  }

  #plan(at: number): void {
    const { clock } = this.#options;
    if (
      this.#stopped.signal.aborted ||
      this.#running ||
      at >= this.#plannedAt
    ) {
      return;
    }
    this.#unplan();
    this.#plannedAt = at;
    this.#cancel = clock.after(at - clock.now(), () => {
      this.#unplan();
      this.#running = this.#run(this.#stopped.signal).finally(() => {
        this.#running = undefined;
        this.#planNext();
      });
    });
  }

  #unplan(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#plannedAt = Infinity;
  }

  #planNext(): void {
    const { clock, hasWork, nextDueAt } = this.#options;
    if (this.#leaseLost) {
      return;
    }
    if (this.#failures > 0) {
      const index = Math.min(this.#failures, retriesMs.length) - 1;
      this.#plan(clock.now() + retriesMs[index]);
    } else if (hasWork()) {
      this.#plan(this.#startedAt + pauseMs);
    } else {
      const dueAt = nextDueAt();
      if (dueAt !== undefined) {
        this.#plan(Math.max(dueAt, this.#startedAt + pauseMs));
      }
    }
  }

  async #run(signal: AbortSignal): Promise<void> {
    this.#startedAt = this.#options.clock.now();
    try {
      await this.#options.work(signal);
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      this.failed(error);
    }
  }
}
