import type { ServerResponse } from 'node:http';
import type { SandboxCluster } from '../cluster/sandboxCluster';
import { StatusError } from '../cluster/statusError';

/** Resolves when nothing hangs any more, or when the client has gone. */
function untilReleased(
  cluster: SandboxCluster,
  plural: string | undefined,
  response: ServerResponse,
): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      stop();
      response.off('close', done);
      resolve();
    };
    const stop = cluster.faults.onChange(() => {
      if (!cluster.faults.find('hang', plural)) done();
    });
    response.once('close', done);
  });
}

function delay(
  cluster: SandboxCluster,
  ms: number,
  response: ServerResponse,
): Promise<void> {
  return new Promise(resolve => {
    const cancel = cluster.clock.after(ms, () => {
      response.off('close', gone);
      resolve();
    });
    const gone = () => {
      cancel();
      resolve();
    };
    response.once('close', gone);
  });
}

/**
 * Lets a request suffer what is wrong with its cluster. False when there is nobody left to answer. Throws 429 and 500.
 */
export async function passFaults(
  cluster: SandboxCluster,
  plural: string | undefined,
  response: ServerResponse,
): Promise<boolean> {
  const { faults } = cluster;
  if (faults.take('cut', plural)) {
    response.destroy();
    return false;
  }
  // A request that used up a limited fault still waits, until the faults change again or its client gives up.
  if (faults.take('hang', plural)) {
    await untilReleased(cluster, plural, response);
  }
  const slow = faults.take('slow', plural);
  if (slow) await delay(cluster, slow.ms ?? 1_000, response);
  if (response.destroyed) return false;
  const throttle = faults.take('throttle', plural);
  if (throttle) {
    throw new StatusError({
      code: 429,
      reason: 'TooManyRequests',
      message: 'too many requests, please try again later',
      details: { retryAfterSeconds: throttle.retryAfterSeconds ?? 1 },
    });
  }
  if (faults.take('error', plural)) {
    throw new StatusError({
      code: 500,
      reason: 'InternalError',
      message: 'Internal error occurred: etcdserver: request timed out',
    });
  }
  return true;
}
