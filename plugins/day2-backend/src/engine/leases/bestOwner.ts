import { createHash } from 'node:crypto';

/**
 * The replica that a scope belongs to best, by rendezvous hashing: the same for whoever asks, and few scopes move when
 * a replica comes or goes.
 */
export function bestOwner(
  scope: string,
  replicas: readonly string[],
): string | undefined {
  let best: { id: string; weight: string } | undefined;
  for (const id of replicas) {
    const weight = createHash('sha256')
      .update(JSON.stringify([scope, id]))
      .digest('hex');
    if (!best || weight > best.weight) {
      best = { id, weight };
    }
  }
  return best?.id;
}
