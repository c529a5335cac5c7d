import {
  ClusterGateway,
  ClusterRequest,
} from '@day2ops/backstage-plugin-day2-node';
import { Clock } from '../../model/time';
import { statusErrorOf } from './ApiStatusError';

const maxErrorLines = 200;

/** A watch that is open. */
export interface WatchChannel {
  lines: AsyncIterator<string, void, undefined>;
  /** Whether the channel was ended because nothing came for too long. */
  wasQuiet(): boolean;
  close(): void;
}

/**
 * Opens a watch and ends it when no line comes for `quietMs`: a connection may be half open, and bookmarks promise
 * nothing (kubernetes#117014).
 *
 * @throws ApiStatusError when the server answers anything but 200
 */
export async function openWatch(options: {
  gateway: ClusterGateway;
  request: Omit<ClusterRequest, 'body' | 'maxBytes'>;
  clock: Clock;
  quietMs: number;
}): Promise<WatchChannel> {
  const { gateway, request, clock, quietMs } = options;
  const own = new AbortController();
  const onAbort = () => own.abort(request.signal.reason);
  request.signal.addEventListener('abort', onAbort, { once: true });
  let quiet = false;
  let cancel: () => void = () => {};
  const close = () => {
    cancel();
    request.signal.removeEventListener('abort', onAbort);
    own.abort();
  };
  try {
    const stream = await gateway.stream({ ...request, signal: own.signal });
    const source = stream.lines[Symbol.asyncIterator]();
    if (stream.status !== 200) {
      throw statusErrorOf({
        status: stream.status,
        body: await readText(source),
        retryAfter: stream.headers['retry-after'],
        now: clock.now(),
      });
    }
    let heardAt = clock.now();
    const guard = () => {
      const idle = clock.now() - heardAt;
      if (idle >= quietMs) {
        quiet = true;
        own.abort();
      } else {
        cancel = clock.after(quietMs - idle, guard);
      }
    };
    cancel = clock.after(quietMs, guard);
    const lines = {
      async next() {
        const result = await source.next();
        heardAt = clock.now();
        return result;
      },
    };
    return { lines, wasQuiet: () => quiet, close };
  } catch (error) {
    close();
    throw error;
  }
}

async function readText(source: AsyncIterator<string>): Promise<string> {
  const lines: string[] = [];
  while (lines.length < maxErrorLines) {
    const { done, value } = await source.next();
    if (done) {
      break;
    }
    lines.push(value);
  }
  return lines.join('\n');
}
