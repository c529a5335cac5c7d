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

/**
 * Reads everything that exists as the beginning of a watch (KEP-3157), which then goes on as the watch. `undefined` when
 * the server does not do that: it refuses the parameter, or knows nothing of it and never says that the beginning is
 * over.
 */
export async function readInitialEvents<K>(options: {
  open(
    query: Readonly<Record<string, string | boolean>>,
  ): Promise<WatchChannel>;
  atLeast: string | 'latest' | undefined;
  handler: Pick<ReflectorHandler<K>, 'read'>;
  clock: Clock;
  timing: ReflectorTiming;
}): Promise<{ channel: WatchChannel; snapshot: Snapshot<K> } | undefined> {
  const { open, atLeast = '', clock, timing } = options;
  let channel: WatchChannel | undefined;
  try {
    channel = await open({
      sendInitialEvents: true,
      resourceVersionMatch: 'NotOlderThan',
      resourceVersion: atLeast === 'latest' ? '' : atLeast,
    });
    const snapshot = await collect({ ...options, channel });
    if (!snapshot) {
      channel.close();
      return undefined;
    }
    return { channel, snapshot };
  } catch (error) {
    channel?.close();
    if (error instanceof ApiStatusError && mayList(error)) {
      return undefined;
    }
    throw error;
  }

  async function collect({
    channel: { lines, close },
    handler,
  }: {
    channel: WatchChannel;
    handler: Pick<ReflectorHandler<K>, 'read'>;
  }): Promise<Snapshot<K> | undefined> {
    const openedAt = clock.now();
    const snapshot: Snapshot<K> = {
      resourceVersion: '',
      objects: new Map(),
      unreadable: 0,
    };
    const deadline = () =>
      openedAt +
      timing.initialEventsMs +
      timing.perObjectMs * snapshot.objects.size;
    let overdue = false;
    const guard = () => {
      overdue = clock.now() >= deadline();
      if (overdue) {
        close();
      } else {
        cancel = clock.after(deadline() - clock.now(), guard);
      }
    };
    let cancel = clock.after(timing.initialEventsMs, guard);
    const slicer = new Slicer();
    try {
      for (;;) {
        const { done, value } = await lines.next();
        if (done) {
          return undefined;
        }
        const ended = takeInitial(snapshot, handler, value, clock.now());
        if (ended) {
          return snapshot;
        }
        await slicer.pause();
      }
    } catch (error) {
      if (overdue) {
        return undefined;
      }
      throw error;
    } finally {
      cancel();
    }
  }
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
