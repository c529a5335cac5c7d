import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { Clock } from '../../model/time';
import { Lease, LeaseStore } from '../../model/types';
import { bestOwner } from './bestOwner';

const tickMs = 5_000;
const guardMs = 1_000;
/** A lease runs for 15 s on the database's clock; we let go before, whatever our clock does. */
const safeMs = 12_000;
/** How long a replica must have been alive before a scope moves to it from one that lives. */
const settledMs = 60_000;

interface Held {
  lease: Lease;
  renewedAt: number;
}

export interface LeaseKeeperOptions {
  store: LeaseStore;
  replica: { id: string; roles: readonly string[]; version: string };
  clock: Clock;
  logger: LoggerService;
  /** Scopes that there are, held or not. */
  scopes(): readonly string[];
  onHeld(lease: Lease): void;
  /** The scope may not be written any more; resolves when nothing writes. `flush` says that it still may until then. */
  onReleased(scope: string, options: { flush: boolean }): Promise<void>;
}

/** Takes, renews and gives up scopes for this replica. */
export class LeaseKeeper {
  readonly #options: LeaseKeeperOptions;
  readonly #held = new Map<string, Held>();
  readonly #stopped = new AbortController();
  #running: Promise<unknown> | undefined;

  constructor(options: LeaseKeeperOptions) {
    this.#options = options;
  }

  get held(): readonly string[] {
    return [...this.#held.keys()];
  }

  start(): void {
    this.#running ??= Promise.all([this.#run(), this.#guard()]);
  }

  /** Gives up everything, so that others need not wait for it to expire. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
    await Promise.all([...this.#held.keys()].map(scope => this.#giveUp(scope)));
  }

  /** A write was refused: the scope is somebody else's. */
  async lost(scope: string): Promise<void> {
    if (this.#held.delete(scope)) {
      await this.#options.onReleased(scope, { flush: false });
    }
  }

  async #run(): Promise<void> {
    const { clock, logger } = this.#options;
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      const startedAt = clock.now();
      try {
        await this.#tick();
      } catch (error) {
        const message = isError(error) ? error.message : String(error);
        logger.warn(`Leases could not be kept: ${message}`);
      }
      const took = clock.now() - startedAt;
      try {
        await clock.delay(Math.max(0, tickMs - took), signal);
      } catch {
        // Stopped.
      }
    }
  }

  async #tick(): Promise<void> {
    const { store, replica } = this.#options;
    // Renewal first: whatever else is slow must not cost a lease.
    for (const [scope, held] of [...this.#held]) {
      await this.#renew(scope, held);
    }
    await store.heartbeat(replica);
    const replicas = await store.replicas();
    const scopes = this.#options.scopes();
    for (const scope of this.#held.keys()) {
      if (!scopes.includes(scope)) {
        await this.#giveUp(scope);
      }
    }
    await this.#acquire(scopes, replicas);
    await this.#moveOne(replicas);
  }

  async #renew(scope: string, held: Held): Promise<void> {
    const { store, clock } = this.#options;
    const askedAt = clock.now();
    if (await store.renew(held.lease)) {
      held.renewedAt = askedAt;
    } else {
      await this.lost(scope);
    }
  }

  async #acquire(
    scopes: readonly string[],
    replicas: readonly { id: string }[],
  ): Promise<void> {
    const { store, replica, clock } = this.#options;
    const ids = replicas.map(({ id }) => id);
    for (const scope of scopes) {
      if (this.#held.has(scope) || bestOwner(scope, ids) !== replica.id) {
        continue;
      }
      const renewedAt = clock.now();
      const lease = await store.acquire(scope, replica.id);
      if (this.#stopped.signal.aborted) {
        if (lease) {
          await store.release(lease);
        }
        return;
      }
      if (lease) {
        this.#held.set(scope, { lease, renewedAt });
        this.#options.onHeld(lease);
      }
    }
  }

  /** One scope a time goes to a better owner that has proven to live. */
  async #moveOne(
    replicas: readonly { id: string; aliveMs: number }[],
  ): Promise<void> {
    const ids = replicas.map(({ id }) => id);
    for (const scope of this.#held.keys()) {
      const best = bestOwner(scope, ids);
      const owner = replicas.find(({ id }) => id === best);
      if (
        owner &&
        owner.id !== this.#options.replica.id &&
        owner.aliveMs >= settledMs
      ) {
        await this.#giveUp(scope);
        return;
      }
    }
  }

  async #giveUp(scope: string): Promise<void> {
    const { store, logger } = this.#options;
    const held = this.#held.get(scope);
    this.#held.delete(scope);
    if (!held) {
      return;
    }
    await this.#options.onReleased(scope, { flush: true });
    try {
      await store.release(held.lease);
    } catch (error) {
      const message = isError(error) ? error.message : String(error);
      logger.warn(`Lease of ${scope} is left to expire: ${message}`);
    }
  }

  /**
   * Lets go of what could not be renewed in time, also while a statement hangs: without the database we learn nothing,
   * and others take over when it is back for them.
   */
  async #guard(): Promise<void> {
    const { clock } = this.#options;
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      for (const [scope, { renewedAt }] of [...this.#held]) {
        if (clock.now() - renewedAt > safeMs) {
          await this.lost(scope);
        }
      }
      try {
        await clock.delay(guardMs, signal);
      } catch {
        // Stopped.
      }
    }
  }
}
