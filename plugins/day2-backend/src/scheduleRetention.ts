import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { Day2Config } from './config/types';
import { retain } from './database';

/** Prunes history every hour, on one replica at a time. */
export async function scheduleRetention(options: {
  scheduler: SchedulerService;
  config: Day2Config;
  knex: Knex;
  logger: LoggerService;
}): Promise<void> {
  const { scheduler, config, knex, logger } = options;
  await scheduler.scheduleTask({
    id: 'day2-history-retention',
    scope: 'global',
    frequency: { hours: 1 },
    initialDelay: { minutes: 5 },
    timeout: { minutes: 30 },
    fn: async signal => {
      const { retentionMs } = config.history;
      const pruned = await retain({ knex, retentionMs, signal });
      logger.debug(`History pruned: ${JSON.stringify(pruned)}`);
    },
  });
}
