import {
  AuthService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { Clock } from '../model/time';
import {
  refreshDirectory,
  RefreshOptions,
  RefreshResult,
} from './refreshDirectory';

/** While entities appear, the catalog is asked again soon: a portal that starts fills its catalog within seconds. */
const followUpsMs = [5_000, 10_000, 20_000];

/**
 * Keeps `entities` what the catalog is, on one replica at a time. `onRefreshed` is for who should know before the
 * counter is polled.
 */
export async function scheduleRefresh(
  options: Omit<RefreshOptions, 'credentials' | 'signal' | 'countMisses'> & {
    scheduler: SchedulerService;
    auth: AuthService;
    clock: Clock;
    logger: LoggerService;
    refreshMs: number;
    onRefreshed(): Promise<void>;
  },
): Promise<void> {
  const { scheduler, refreshMs } = options;
  await scheduler.scheduleTask({
    id: 'day2-directory-refresh',
    scope: 'global',
    frequency: { milliseconds: refreshMs },
    timeout: { minutes: 15 },
    fn: signal => refreshUntilCalm({ ...options, signal }),
  });
}

/** One refresh, and more within the same period while entities appear. */
export async function refreshUntilCalm(
  options: Omit<Parameters<typeof scheduleRefresh>[0], 'scheduler'> & {
    signal: AbortSignal;
  },
): Promise<void> {
  const { clock, signal, refreshMs } = options;
  const end = clock.now() + refreshMs;
  let result = await refreshOnce({ ...options, countMisses: true });
  for (const delayMs of followUpsMs) {
    const isMoving = result.appeared > 0 || result.listed === 0;
    if (!isMoving || clock.now() + delayMs >= end) {
      return;
    }
    try {
      await clock.delay(delayMs, signal);
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      throw error;
    }
    result = await refreshOnce({ ...options, countMisses: false });
  }
}

async function refreshOnce(
  options: Parameters<typeof refreshUntilCalm>[0] & { countMisses: boolean },
): Promise<RefreshResult> {
  const { auth, logger, onRefreshed } = options;
  const credentials = await auth.getOwnServiceCredentials();
  const result = await refreshDirectory({ ...options, credentials });
  if (result.changed + result.gone > 0) {
    logger.info(
      `Directory: ${result.listed} entities in the catalog, ${result.changed} changed, ${result.gone} gone`,
    );
    await onRefreshed();
  }
  return result;
}
