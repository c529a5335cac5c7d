import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import {
  ClusterGateway,
  ListedCluster,
} from '@day2ops/backstage-plugin-day2-node';
import { Metrics } from '../metrics/createMetrics';
import { Clock } from '../model/time';
import { Correlator, Lease, LeaseStore, ScopeStore } from '../model/types';
import { Collector } from './collector/Collector';
import { ClusterRegistry, EngineRules, EngineSource } from './collector/types';
import { LeaseKeeper } from './leases/LeaseKeeper';

const listMs = 60_000;
const listRetryMs = 5_000;
/** A database that hangs must not keep the process. */
const shutdownMs = 4_500;
const scopePrefix = 'cluster:';

export interface EngineOptions {
  gateway: ClusterGateway;
  leases: LeaseStore;
  store: ScopeStore;
  registry: ClusterRegistry;
  correlator: Correlator;
  sources: readonly EngineSource[];
  rules: EngineRules;
  replica: { id: string; roles: readonly string[]; version: string };
  /** `day2.history.holdMs`. */
  holdMs: number;
  clock: Clock;
  random(): number;
  logger: LoggerService;
  metrics: Metrics;
  /** After each commit: what pages may want to fetch again. */
  onWritten(change: { revision: number; entityRefs: string[] }): void;
}

/** What `/clusters` says when Day 2 sees none. */
export interface EngineProblem {
  reason: string;
  message: string;
}

/** Lists clusters, holds leases, and runs one collector for each scope that this replica holds. */
export class Engine {
  readonly #options: EngineOptions;
  readonly #keeper: LeaseKeeper;
  readonly #collectors = new Map<string, Collector>();
  readonly #stopped = new AbortController();
  #clusters: readonly ListedCluster[] = [];
  #problem: EngineProblem | undefined;
  #running: Promise<void> | undefined;

  constructor(options: EngineOptions) {
    this.#options = options;
    const { leases, replica, clock, logger } = options;
    this.#keeper = new LeaseKeeper({
      store: leases,
      replica,
      clock,
      logger,
      scopes: () => this.#scopes(),
      onHeld: lease => this.#collect(lease),
      onReleased: (scope, how) => this.#release(scope, how),
    });
  }

  /** Why no cluster is seen, when none is. */
  get problem(): EngineProblem | undefined {
    return this.#problem;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Ends streams, writes what waits, gives up leases: within 5 s. */
  async stop(): Promise<void> {
    const { clock, gateway, logger } = this.#options;
    this.#stopped.abort();
    let cancel = () => {};
    const late = new Promise<void>(resolve => {
      cancel = clock.after(shutdownMs, () => {
        logger.warn('Not everything was written before the end');
        resolve();
      });
    });
    await Promise.race([this.#finish(), late]);
    cancel();
    await gateway.close();
  }

  async #finish(): Promise<void> {
    await this.#running;
    await this.#keeper.stop();
  }

  async #run(): Promise<void> {
    const { clock } = this.#options;
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      const listed = await this.#list(signal);
      if (signal.aborted) {
        return;
      }
      // The first list comes before the first lease, or every scope would seem to be gone.
      this.#keeper.start();
      try {
        await clock.delay(listed ? listMs : listRetryMs, signal);
      } catch {
        // Stopped.
      }
    }
  }

  /** Reads the list of clusters; a failure keeps the last one. */
  async #list(signal: AbortSignal): Promise<boolean> {
    const { gateway, registry, logger } = this.#options;
    try {
      const clusters = await gateway.listClusters(signal);
      await registry.list(
        clusters.map(({ name, title, clientAuth }) => ({
          name,
          title,
          unreadable: clientAuth,
        })),
      );
      this.#clusters = clusters;
      this.#problem =
        clusters.length > 0
          ? undefined
          : {
              reason: 'NoClusters',
              message: 'The kubernetes plugin lists no cluster.',
            };
      return true;
    } catch (error) {
      if (!signal.aborted) {
        const message = isError(error) ? error.message : String(error);
        logger.warn(`Clusters could not be listed: ${message}`);
        if (this.#clusters.length === 0) {
          this.#problem = problemOf(error, message);
        }
      }
      return false;
    }
  }

  #scopes(): string[] {
    return this.#clusters
      .filter(({ clientAuth }) => !clientAuth)
      .map(({ name }) => `${scopePrefix}${name}`);
  }

  #collect(lease: Lease): void {
    const { scope } = lease;
    const collector = new Collector({
      ...this.#options,
      cluster: scope.slice(scopePrefix.length),
      lease,
      onLeaseLost: () => {
        this.#keeper.lost(scope).catch(error => this.#warn(scope, error));
      },
    });
    this.#collectors.set(scope, collector);
    this.#options.metrics.leasesHeld.set(this.#collectors.size);
    collector.start();
  }

  async #release(scope: string, how: { flush: boolean }): Promise<void> {
    const collector = this.#collectors.get(scope);
    this.#collectors.delete(scope);
    this.#options.metrics.leasesHeld.set(this.#collectors.size);
    await collector?.stop(how);
  }

  #warn(scope: string, error: unknown): void {
    const message = isError(error) ? error.message : String(error);
    this.#options.logger.warn(`Collector of ${scope} ended badly: ${message}`);
  }
}

function problemOf(error: unknown, message: string): EngineProblem {
  return isError(error) && error.name === 'NotFoundError'
    ? {
        reason: 'NotConfigured',
        message: 'The kubernetes plugin is not configured.',
      }
    : { reason: 'ClustersNotListed', message };
}
