import { randomUUID } from 'node:crypto';
import {
  AuditorService,
  AuthService,
  DatabaseService,
  DiscoveryService,
  HttpAuthService,
  HttpRouterService,
  LifecycleService,
  LoggerService,
  PermissionsService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import { ClusterAccessService } from '@day2ops/backstage-plugin-day2-node';
import express from 'express';
import { Knex } from 'knex';
import { Day2Config } from './config/types';
import {
  claimPause,
  createDatabase,
  createReadStore,
  deriveServices,
} from './database';
import { createDirectory, Directory } from './directory/createDirectory';
import { createSystemClock } from './engine';
import { createHintPublisher } from './hints/createHintPublisher';
import { createRouter } from './http/createRouter';
import { createMetrics, Metrics } from './metrics/createMetrics';
import { Clock } from './model/time';
import { createRateLimit } from './ondemand/createRateLimit';
import { SourceRegistry } from './registry/SourceRegistry';
import { scheduleRetention } from './scheduleRetention';
import { Collecting, startCollecting } from './startCollecting';
import { createConfiguredSource } from './sources';
import { createVisibility } from './visibility/createVisibility';

const version: string = require('../package.json').version;

export interface Day2Services {
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  clusterAccess: ClusterAccessService;
  database: DatabaseService;
  discovery: DiscoveryService;
  httpAuth: HttpAuthService;
  httpRouter: HttpRouterService;
  lifecycle: LifecycleService;
  logger: LoggerService;
  permissions: PermissionsService;
  scheduler: SchedulerService;
  signals: SignalsService;
}

/** Puts the parts together and starts what this replica's role asks for. */
export async function startDay2(
  options: Day2Services & { config: Day2Config; registry: SourceRegistry },
): Promise<void> {
  const { config, registry, lifecycle, httpRouter } = options;
  if (config.kinds.length > 0) {
    registry.addSource(createConfiguredSource(config.kinds));
  }
  const sources = registry.enabled(config.sources);
  const clock = createSystemClock();
  const metrics = createMetrics({ process: config.metrics.process });
  const knex = await createDatabase(options);
  const directory = createDirectory({
    ...options,
    knex,
    deriveServices,
    clock,
  });
  const hints = createHintPublisher({
    ...options,
    clock,
    claimFleetHint: pauseMs => claimPause({ knex, name: 'fleet', pauseMs }),
    onSent: () => metrics.hints.inc(),
  });
  const collecting = startCollecting({
    ...options,
    knex,
    clock,
    metrics,
    sources,
    replica: { id: randomUUID(), roles: rolesOf(config), version },
    correlator: directory.correlator,
    entitiesKnown: () => directory.mirror.ready(),
    onWritten: change => hints.changed(change),
  });
  if (config.role !== 'collector') {
    httpRouter.use(
      await createDay2Router({
        ...options,
        knex,
        clock,
        metrics,
        directory,
        collecting,
      }),
    );
  }
  lifecycle.addStartupHook(async () => {
    await directory.start();
    await scheduleRetention({ ...options, knex });
  });
  lifecycle.addShutdownHook(async () => {
    await collecting.stop();
    hints.stop();
    directory.stop();
  });
}

async function createDay2Router(
  options: Day2Services & {
    config: Day2Config;
    knex: Knex;
    clock: Clock;
    metrics: Metrics;
    directory: Directory;
    collecting: Collecting;
  },
): Promise<express.Router> {
  const { config, knex, clock, metrics, directory, collecting } = options;
  const { mirror } = directory;
  const { requestsPerMinute } = config.logs;
  return createRouter({
    ...options,
    visibility: createVisibility({ ...options, mirror }),
    reads: await createReadStore({ knex }),
    gateway: () => collecting.gateway,
    limitOnDemand: createRateLimit({
      perMinute: requestsPerMinute,
      now: clock.now,
    }),
    problem: () => collecting.problem,
    registry: metrics.registry,
    requestSeconds: metrics.requestSeconds,
  });
}

function rolesOf({ role }: Day2Config): string[] {
  return role === 'all' ? ['api', 'collector'] : [role];
}
