import { randomInt } from 'node:crypto';
import {
  AuthService,
  DiscoveryService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import {
  ClusterAccessService,
  ClusterGateway,
  judgeObject,
} from '@day2ops/backstage-plugin-day2-node';
import { Knex } from 'knex';
import { Day2Config } from './config/types';
import {
  createClusterRegistry,
  createLeaseStore,
  createScopeStore,
} from './database';
import { defaultEnvironment } from './directory/correlation/findEnvironment';
import {
  createDirectGateway,
  createEngine,
  createProxyGateway,
  Engine,
  EngineProblem,
} from './engine';
import { track, trackRemoval } from './history/track';
import { Metrics } from './metrics/createMetrics';
import { Clock } from './model/time';
import { Correlator } from './model/types';
import { EnabledSource } from './registry/SourceRegistry';
import { judgeCluster } from './sources';

export interface Collecting {
  /** For what is read on demand; absent until it is known how clusters are reached. */
  readonly gateway: ClusterGateway | undefined;
  /** Why no cluster is seen, when none is. */
  readonly problem: EngineProblem | undefined;
  stop(): Promise<void>;
}

/**
 * Starts watching once it is known how clusters are reached: only after every plugin has started can Day 2 tell that
 * nobody hands cluster access over.
 */
export function startCollecting(options: {
  config: Day2Config;
  clusterAccess: ClusterAccessService;
  auth: AuthService;
  discovery: DiscoveryService;
  logger: LoggerService;
  knex: Knex;
  clock: Clock;
  metrics: Metrics;
  sources: readonly EnabledSource[];
  replica: { id: string; roles: readonly string[]; version: string };
  correlator: Correlator;
  /** Settles when entities are known: before, everything would seem to belong to nobody. */
  entitiesKnown(): Promise<void>;
  onWritten(change: { revision: number; entityRefs: string[] }): void;
}): Collecting {
  const { config, logger } = options;
  let gateway: ClusterGateway | undefined;
  let engine: Engine | undefined;
  let stopped = false;

  async function start() {
    gateway = await openGateway(options);
    if (config.role === 'api') {
      return;
    }
    await options.entitiesKnown();
    if (stopped) {
      return;
    }
    engine = createDay2Engine({ ...options, gateway });
    engine.start();
  }

  start().catch(error => {
    logger.error('Watching could not start', error);
  });

  return {
    get gateway() {
      return gateway;
    },
    get problem() {
      return engine?.problem;
    },
    async stop() {
      stopped = true;
      await (engine ? engine.stop() : gateway?.close());
    },
  };
}

async function openGateway(
  options: Parameters<typeof startCollecting>[0],
): Promise<ClusterGateway> {
  const { config, clusterAccess, logger } = options;
  const access =
    config.transport === 'proxy' ? undefined : await clusterAccess.get();
  if (access) {
    return createDirectGateway({ ...options, access });
  }
  if (config.transport === 'direct') {
    logger.error(
      'day2.transport is direct, but no kubernetes plugin in this process hands cluster access over: install @day2ops/backstage-plugin-kubernetes-backend-module-day2',
    );
  }
  return createProxyGateway(options);
}

function createDay2Engine(
  options: Parameters<typeof startCollecting>[0] & { gateway: ClusterGateway },
): Engine {
  const { config, knex } = options;
  const environments = new Map(
    config.clusters.map(({ name, environment }) => [name, environment]),
  );
  return createEngine({
    ...options,
    leases: createLeaseStore({ knex }),
    store: createScopeStore({ knex }),
    registry: createClusterRegistry({
      knex,
      environmentOf: name => environments.get(name) ?? defaultEnvironment,
    }),
    rules: { judge: judgeObject, judgeCluster, track, trackRemoval },
    holdMs: config.history.holdMs,
    random: () => randomInt(2 ** 31) / 2 ** 31,
  });
}
