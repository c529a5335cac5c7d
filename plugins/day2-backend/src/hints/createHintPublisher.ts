import { LoggerService } from '@backstage/backend-plugin-api';
import { SignalsService } from '@backstage/plugin-signals-node';
import {
  fleetChannel,
  serviceChannel,
} from '@day2ops/backstage-plugin-day2-common';
import { Clock } from '../model/time';

/** At most one hint to all fleet pages in this time, over all replicas. */
const fleetPauseMs = 2_000;
/** Changes of one service within this time are one hint. */
const servicePauseMs = 250;

/**
 * Tells open pages that something changed, without saying what: hints go to every socket, signed in or not.
 */
export interface HintPublisher {
  changed(change: { revision: number; entityRefs: readonly string[] }): void;
  stop(): void;
}

/**
 * Publishing may fail or get lost: pages poll besides, so a failure is logged once and the next change tries again.
 */
export function createHintPublisher(options: {
  signals: SignalsService;
  clock: Clock;
  logger: LoggerService;
  /** Whether this replica may publish to the fleet now: true for one replica per pause. */
  claimFleetHint(pauseMs: number): Promise<boolean>;
  /** After each hint, for the metrics. */
  onSent(): void;
}): HintPublisher {
  const { clock, logger, claimFleetHint } = options;
  const send = createSender(options);
  const shards = new Set<string>();
  let revision = 0;
  let cancelServices: (() => void) | undefined;
  let cancelFleet: (() => void) | undefined;

  async function publishToFleet() {
    cancelFleet = undefined;
    try {
      if (await claimFleetHint(fleetPauseMs)) {
        await send([fleetChannel], revision);
        return;
      }
    } catch (error) {
      logger.debug(`Could not claim the fleet's hint: ${error}`);
    }
    // Another replica has just hinted; ours may hold a later change.
    cancelFleet ??= clock.after(fleetPauseMs, publishToFleet);
  }

  return {
    changed(change) {
      if (change.entityRefs.length === 0) {
        return;
      }
      revision = Math.max(revision + 1, change.revision);
      for (const ref of change.entityRefs) {
        shards.add(serviceChannel(ref));
      }
      cancelServices ??= clock.after(servicePauseMs, () => {
        cancelServices = undefined;
        const channels = [...shards];
        shards.clear();
        send(channels, revision);
      });
      cancelFleet ??= clock.after(servicePauseMs, publishToFleet);
    },
    stop() {
      cancelServices?.();
      cancelFleet?.();
    },
  };
}

/** Sends a hint to each channel; never rejects. */
function createSender(options: {
  signals: SignalsService;
  logger: LoggerService;
  onSent(): void;
}): (channels: Iterable<string>, revision: number) => Promise<void> {
  const { signals, logger, onSent } = options;
  let failing = false;
  return async (channels, revision) => {
    try {
      for (const channel of channels) {
        await signals.publish({
          recipients: { type: 'broadcast' },
          channel,
          message: { revision },
        });
        onSent();
      }
      failing = false;
    } catch (error) {
      if (!failing) {
        logger.warn(`Open pages get no hints and poll instead: ${error}`);
      }
      failing = true;
    }
  };
}
