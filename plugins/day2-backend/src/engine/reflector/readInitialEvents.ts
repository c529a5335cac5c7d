import { Clock } from '../../model/time';
import { Slicer } from '../time/Slicer';
import { ApiStatusError, statusErrorOf } from './ApiStatusError';
import { addTo, Snapshot } from './listObjects';
import { ReflectorHandler } from './ReflectorHandler';
import { ReflectorTiming } from './types';
import { WatchChannel } from './WatchChannel';
import {
  endsInitialEvents,
  parseWatchEvent,
  resourceVersionOf,
} from './watchEvent';

export interface InitialEventsOptions<K> {
  open(
    query: Readonly<Record<string, string | boolean>>,
  ): Promise<WatchChannel>;
  atLeast: string | 'latest' | undefined;
  handler: Pick<ReflectorHandler<K>, 'read'>;
  clock: Clock;
  timing: ReflectorTiming;
}

/**
 * Reads everything that exists as the beginning of a watch (KEP-3157), which then goes on as the watch. `undefined` when
 * the server does not do that: it refuses the parameter, or knows nothing of it and never says that the beginning is
 * over.
 */
export async function readInitialEvents<K>(
  options: InitialEventsOptions<K>,
): Promise<{ channel: WatchChannel; snapshot: Snapshot<K> } | undefined> {
  const { open, atLeast = '' } = options;
  let channel: WatchChannel | undefined;
  try {
    channel = await open({
      sendInitialEvents: true,
      resourceVersionMatch: 'NotOlderThan',
      resourceVersion: atLeast === 'latest' ? '' : atLeast,
    });
    const snapshot = await collect(options, channel);
    if (snapshot) {
      return { channel, snapshot };
    }
    channel.close();
    return undefined;
  } catch (error) {
    channel?.close();
    if (error instanceof ApiStatusError && mayList(error)) {
      return undefined;
    }
    throw error;
  }
}

/** Reads up to the end of the initial events; `undefined` when the end does not come. */
async function collect<K>(
  options: InitialEventsOptions<K>,
  channel: WatchChannel,
): Promise<Snapshot<K> | undefined> {
  const { handler, clock, timing } = options;
  const snapshot: Snapshot<K> = {
    resourceVersion: '',
    objects: new Map(),
    unreadable: 0,
  };
  const patience = watchDeadline({
    clock,
    deadline: () =>
      timing.initialEventsMs + timing.perObjectMs * snapshot.objects.size,
    onOverdue: channel.close,
  });
  const slicer = new Slicer();
  try {
    for (;;) {
      const { done, value } = await channel.lines.next();
      if (done) {
        return undefined;
      }
      if (takeInitial(snapshot, handler, value, clock.now())) {
        return snapshot;
      }
      await slicer.pause();
    }
  } catch (error) {
    if (patience.isOver()) {
      return undefined;
    }
    throw error;
  } finally {
    patience.cancel();
  }
}

/** Calls `onOverdue` when a deadline that may move away has passed. */
function watchDeadline(options: {
  clock: Clock;
  /** Milliseconds from now on, as they stand. */
  deadline(): number;
  onOverdue(): void;
}): { isOver(): boolean; cancel(): void } {
  const { clock, deadline, onOverdue } = options;
  const startedAt = clock.now();
  let isOver = false;
  let cancel = () => {};
  const look = () => {
    const left = startedAt + deadline() - clock.now();
    if (left > 0) {
      cancel = clock.after(left, look);
    } else {
      isOver = true;
      onOverdue();
    }
  };
  look();
  return { isOver: () => isOver, cancel: () => cancel() };
}

/** As client-go: whatever a list would meet as well is not tried with one. */
function mayList(error: ApiStatusError): boolean {
  return !error.isExpired && ![401, 403, 404, 429].includes(error.code);
}

/** Takes one line; true when it says that everything has been sent. */
function takeInitial<K>(
  snapshot: Snapshot<K>,
  handler: Pick<ReflectorHandler<K>, 'read'>,
  line: string,
  now: number,
): boolean {
  const { type, object } = parseWatchEvent(line);
  if (type === 'ERROR') {
    throw statusErrorOf({
      status: 500,
      body: object,
      retryAfter: undefined,
      now,
      cameInStream: true,
    });
  }
  if (type === 'BOOKMARK') {
    snapshot.resourceVersion = resourceVersionOf(object) ?? '';
    return endsInitialEvents(object) && snapshot.resourceVersion !== '';
  }
  if (type === 'DELETED') {
    snapshot.objects.delete(uidOf(object));
  } else {
    addTo(snapshot, handler, object);
  }
  return false;
}

function uidOf(object: Record<string, unknown>): string {
  const { metadata } = object as { metadata?: { uid?: unknown } };
  return typeof metadata?.uid === 'string' ? metadata.uid : '';
}
