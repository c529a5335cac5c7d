import type { ServerResponse } from 'node:http';
import type { SandboxCluster } from '../cluster/sandboxCluster';
import { StatusError } from '../cluster/statusError';

/** Resolves when what `arm` waits for has come, or the client has gone. */
function whileConnected(
  response: ServerResponse,
  arm: (done: () => void) => () => void,
): Promise<void> {
  return new Promise(resolve => {
    let disarm = () => {};
    const done = () => {
      disarm();
      response.off('close', done);
      resolve();
    };
    disarm = arm(done);
    response.once('close', done);
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
    await whileConnected(response, done =>
      faults.onChange(() => {
        if (!faults.find('hang', plural)) done();
      }),
    );
  }
  const slow = faults.take('slow', plural);
  if (slow) {
    await whileConnected(response, done =>
      cluster.clock.after(slow.ms ?? 1_000, done),
    );
  }
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
