import {
  AuthService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Knex } from 'knex';
import { Day2Config } from '../config/types';
import { Correlator } from '../model/types';
import { Clock } from '../model/time';
import { createCorrelator } from './correlation/createCorrelator';
import { DatabaseMirror } from './DatabaseMirror';
import { DeriveServices } from './operations/writeEntities';
import { scheduleRefresh } from './scheduleRefresh';
import { EntityMirror } from './types';

/** Catalog entities, and whose is what. */
export interface Directory {
  mirror: EntityMirror;
  correlator: Correlator;
  /** Reads what the database knows and schedules asking the catalog; resolves when the first is done. */
  start(): Promise<void>;
  stop(): void;
}

export function createDirectory(options: {
  config: Day2Config;
  knex: Knex;
  catalog: Pick<CatalogService, 'streamEntities' | 'getEntitiesByRefs'>;
  auth: AuthService;
  scheduler: SchedulerService;
  deriveServices: DeriveServices;
  clock: Clock;
  logger: LoggerService;
}): Directory {
  const { config, knex, clock, logger } = options;
  const mirror = new DatabaseMirror({ knex, clock, logger });
  const correlator = createCorrelator({ config, mirror, logger });
  return {
    mirror,
    correlator,
    async start() {
      await mirror.start();
      await scheduleRefresh({
        ...options,
        filter: config.services.filter,
        refreshMs: config.catalog.refreshMs,
        onRefreshed: () => mirror.refresh(),
      });
    },
    stop() {
      mirror.stop();
      correlator.stop();
    },
  };
}
