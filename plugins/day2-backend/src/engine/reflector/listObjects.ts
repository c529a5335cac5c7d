import {
  ClusterGateway,
  ClusterRequest,
  UntrustedObject,
} from '@day2ops/backstage-plugin-day2-node';
import { CustomErrorBase, isError } from '@backstage/errors';
import { Clock } from '../../model/time';
import { ClusterUnreachableError } from '../gateway/ClusterUnreachableError';
import { Slicer } from '../time/Slicer';
import { ApiStatusError, statusErrorOf } from './ApiStatusError';
import { ReadObject, ReflectorHandler } from './ReflectorHandler';
import { TokenBucket } from './TokenBucket';
import { isMap, resourceVersionOf } from './watchEvent';

/** An answer with status 200 that is no list: truncated, a login page, something else's JSON. */
export class MalformedListError extends CustomErrorBase {
  name = 'MalformedListError' as const;
}

/** All objects of a kind at one resource version, already read. */
export interface Snapshot<K> {
  resourceVersion: string;
  objects: Map<string, ReadObject<K>>;
  /** How many had no identity. */
  unreadable: number;
}

export interface ListOptions<K> {
  gateway: ClusterGateway;
  cluster: string;
  path: string;
  handler: Pick<ReflectorHandler<K>, 'read'>;
  clock: Clock;
  tokens: TokenBucket;
  pageSize: number;
  signal: AbortSignal;
}

interface Plan {
  resourceVersion: string | undefined;
  resourceVersionMatch: string | undefined;
  limit: number | undefined;
}

/**
 * Lists a kind, in pages: from the server's cache when it will do, else from etcd, at last in one piece (under the
 * gateway's size limit). `atLeast` is the resource version that the picture must not go back from; without it, any
 * version that the cache has; `'latest'` asks etcd.
 */
export async function listObjects<K>(
  options: ListOptions<K>,
  atLeast: string | 'latest' | undefined,
): Promise<Snapshot<K>> {
  const { pageSize } = options;
  const plain = { resourceVersion: undefined, resourceVersionMatch: undefined };
  const plans: Plan[] = [
    { ...plain, limit: pageSize },
    { ...plain, limit: undefined },
  ];
  if (atLeast !== 'latest') {
    plans.unshift({
      resourceVersion: atLeast ?? '0',
      resourceVersionMatch: 'NotOlderThan',
      limit: pageSize,
    });
  }
  for (const [index, plan] of plans.entries()) {
    try {
      return await listByPlan(options, plan);
    } catch (error) {
      if (index === plans.length - 1 || !mayFareBetter(error)) {
        throw error;
      }
    }
  }
  throw new MalformedListError('no way to list');
}

/** Whether another way of listing may work where this one did not. */
function mayFareBetter(error: unknown): boolean {
  if (error instanceof ApiStatusError) {
    return error.isExpired || error.isAhead || error.isInvalid;
  }
  return (
    error instanceof ClusterUnreachableError && error.reason === 'TooLarge'
  );
}

async function listByPlan<K>(
  options: ListOptions<K>,
  plan: Plan,
): Promise<Snapshot<K>> {
  const { handler, tokens, signal } = options;
  await tokens.take(signal);
  const slicer = new Slicer();
  const snapshot: Snapshot<K> = {
    resourceVersion: '',
    objects: new Map(),
    unreadable: 0,
  };
  let next: string | undefined;
  do {
    const page = await readPage(
      options,
      next
        ? { limit: plan.limit, continue: next }
        : {
            limit: plan.limit,
            resourceVersion: plan.resourceVersion,
            resourceVersionMatch: plan.resourceVersionMatch,
          },
    );
    snapshot.resourceVersion = page.resourceVersion;
    next = page.next;
    for (const item of page.items) {
      addTo(snapshot, handler, item, page.apiVersion);
      await slicer.pause();
    }
    await slicer.yield();
    signal.throwIfAborted();
  } while (next);
  return snapshot;
}

/** Reads one object into a snapshot; one without identity is counted. */
export function addTo<K>(
  snapshot: Snapshot<K>,
  handler: Pick<ReflectorHandler<K>, 'read'>,
  item: unknown,
  apiVersion?: string,
): void {
  try {
    const object: UntrustedObject = isMap(item) ? item : {};
    if (apiVersion && object.apiVersion === undefined) {
      object.apiVersion = apiVersion;
    }
    const read = handler.read(object);
    snapshot.objects.set(read.uid, read);
  } catch (error) {
    if (!isError(error)) {
      throw error;
    }
    snapshot.unreadable += 1;
  }
}

async function readPage<K>(
  options: ListOptions<K>,
  query: NonNullable<ClusterRequest['query']>,
) {
  const { gateway, cluster, path, signal, clock } = options;
  const response = await gateway.request({ cluster, path, query, signal });
  if (response.status !== 200) {
    throw statusErrorOf({
      status: response.status,
      body: response.body,
      retryAfter: response.headers['retry-after'],
      now: clock.now(),
    });
  }
  const list = parseList(response.body);
  const metadata = isMap(list.metadata) ? list.metadata : {};
  const next = metadata.continue;
  return {
    resourceVersion: resourceVersionOf(list) ?? '',
    next: typeof next === 'string' && next !== '' ? next : undefined,
    apiVersion: typeof list.apiVersion === 'string' ? list.apiVersion : '',
    items: list.items,
  };
}

function parseList(
  body: string,
): Readonly<Record<string, unknown>> & { items: readonly unknown[] } {
  let list: unknown;
  try {
    list = JSON.parse(body);
  } catch {
    throw new MalformedListError('the list is not JSON');
  }
  // A Go server writes an empty list of a nil slice as null.
  const items = isMap(list) ? list.items ?? [] : undefined;
  const kind = isMap(list) ? list.kind : undefined;
  if (
    !isMap(list) ||
    !Array.isArray(items) ||
    typeof kind !== 'string' ||
    !kind.endsWith('List') ||
    resourceVersionOf(list) === undefined
  ) {
    throw new MalformedListError('the answer is not a list of Kubernetes');
  }
  return { ...list, items };
}
