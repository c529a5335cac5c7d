import { CustomErrorBase } from '@backstage/errors';
import { listObjects, ListOptions, Snapshot } from './listObjects';
import { ReflectorHandler } from './ReflectorHandler';
import { statusErrorOf } from './ApiStatusError';

const samples = 3;

/** A list that lacks what is demonstrably there: a proxy's glitch, another cluster behind the same address. */
export class DoubtfulListError extends CustomErrorBase {
  name = 'DoubtfulListError' as const;
}

export function missingFrom<K>(
  handler: Pick<ReflectorHandler<K>, 'uids'>,
  snapshot: Snapshot<K>,
): string[] {
  const missing: string[] = [];
  for (const uid of handler.uids()) {
    if (!snapshot.objects.has(uid)) {
      missing.push(uid);
    }
  }
  return missing;
}

/**
 * Believes at once that up to half of the objects are gone. More must be confirmed: by a second list from etcd, and by
 * asking for some of the missing objects by name.
 *
 * @throws DoubtfulListError when one of them is there
 */
export async function confirmLoss<K>(
  options: ListOptions<K> & { handler: ReflectorHandler<K> },
  snapshot: Snapshot<K>,
): Promise<Snapshot<K>> {
  const { handler } = options;
  const loses = (candidate: Snapshot<K>) =>
    missingFrom(handler, candidate).length * 2 > handler.size;
  if (!loses(snapshot)) {
    return snapshot;
  }
  const second = await listObjects(options, 'latest');
  if (loses(second)) {
    for (const uid of missingFrom(handler, second).slice(0, samples)) {
      await assertGone(options, uid);
    }
  }
  return second;
}

async function assertGone<K>(
  options: ListOptions<K> & { handler: ReflectorHandler<K> },
  uid: string,
): Promise<void> {
  const { gateway, cluster, handler, signal, clock } = options;
  const known = handler.get(uid);
  if (!known) {
    return;
  }
  const path = objectPath(options.path, known.head);
  const response = await gateway.request({ cluster, path, signal });
  if (response.status === 404) {
    return;
  }
  if (response.status !== 200) {
    throw statusErrorOf({
      status: response.status,
      body: response.body,
      retryAfter: response.headers['retry-after'],
      now: clock.now(),
    });
  }
  if (response.body.includes(JSON.stringify(uid))) {
    throw new DoubtfulListError(
      `the list lacks ${known.head.name}, which is there: kept what was known`,
    );
  }
}

/** Path of one object, from the path of its kind: `/apis/apps/v1/deployments` → `…/namespaces/shop/deployments/web`. */
export function objectPath(
  kindPath: string,
  { namespace, name }: { namespace: string | undefined; name: string },
): string {
  const object = encodeURIComponent(name);
  if (namespace === undefined) {
    return `${kindPath}/${object}`;
  }
  const slash = kindPath.lastIndexOf('/');
  const base = kindPath.slice(0, slash);
  const plural = kindPath.slice(slash + 1);
  return `${base}/namespaces/${encodeURIComponent(
    namespace,
  )}/${plural}/${object}`;
}
