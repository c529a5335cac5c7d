import { expired, StatusError } from '../cluster/statusError';
import type { KubernetesObject } from '../cluster/types';
import type { Answer, ResourceContext } from './context';
import { parseFieldSelector } from './fieldSelector';
import { parseLabelSelector } from './labelSelector';
import type { ListOptions } from './listOptions';
import { readListOptions } from './listOptions';
import type { Page, Snapshot } from './pager';
import { representList } from './representations';
import { storedKind } from './shapes';

/** Whether an object is in the namespace and the selectors of a request. */
export function selectionOf(
  context: ResourceContext,
): (object: KubernetesObject) => boolean {
  const { query, cluster, type, path } = context;
  const labels = parseLabelSelector(query.get('labelSelector') ?? '');
  const fields = parseFieldSelector({
    text: query.get('fieldSelector') ?? '',
    type,
    cluster,
  });
  return object =>
    (!path.namespace || object.metadata.namespace === path.namespace) &&
    labels(object.metadata.labels) &&
    fields(object);
}

export function tooLargeVersion(wanted: number, current: number): StatusError {
  return new StatusError({
    code: 504,
    reason: 'Timeout',
    message: `Timeout: Too large resource version: ${wanted}, current: ${current}`,
    details: {
      causes: [
        {
          reason: 'ResourceVersionTooLarge',
          message: 'Too large resource version',
        },
      ],
      retryAfterSeconds: 1,
    },
  });
}

function checkVersion(context: ResourceContext, options: ListOptions): void {
  const { store } = context.cluster;
  const { resourceVersion, resourceVersionMatch } = options;
  if (!resourceVersion) return;
  const current = store.resourceVersion();
  if (resourceVersion > current) {
    throw tooLargeVersion(resourceVersion, current);
  }
  if (resourceVersionMatch !== 'Exact' || resourceVersion === current) return;
  // Only the present is kept: an exact list of the past can be answered as long as nothing of the kind has changed since.
  const kind = storedKind(context.type);
  if (store.changesAfter(kind, resourceVersion).length) {
    throw expired('The resourceVersion for the provided list is too old.');
  }
}

function snapshotOf(context: ResourceContext): Snapshot {
  const { store } = context.cluster;
  const { group, kind } = storedKind(context.type);
  const selected = selectionOf(context);
  return {
    resourceVersion: store.resourceVersion(),
    items: store.peekAll(group, kind, context.path.namespace).filter(selected),
  };
}

function pageOf(context: ResourceContext, options: ListOptions): Page {
  const { query, path, type, pager, cluster } = context;
  const key = [
    `${type.group}/${type.kind}`,
    path.namespace ?? '',
    query.get('labelSelector') ?? '',
    query.get('fieldSelector') ?? '',
  ].join('|');
  if (options.continue !== undefined) {
    if (cluster.faults.take('gone', type.plural)) {
      throw expired('The provided continue parameter is too old.');
    }
    return pager.next({
      key,
      token: options.continue,
      limit: options.limit,
      current: () => snapshotOf(context),
    });
  }
  if (options.resourceVersion && cluster.faults.take('gone', type.plural)) {
    throw expired(
      `too old resource version: ${
        options.resourceVersion
      } (${cluster.store.resourceVersion()})`,
    );
  }
  checkVersion(context, options);
  if (cluster.faults.take('lying-list', type.plural)) {
    return { resourceVersion: cluster.store.resourceVersion(), items: [] };
  }
  return pager.first(key, snapshotOf(context), options.limit);
}

export function list(context: ResourceContext): Answer {
  const { query } = context;
  const page = pageOf(context, readListOptions(query));
  const selective = query.get('labelSelector') || query.get('fieldSelector');
  const body = representList(context, page.items, {
    resourceVersion: String(page.resourceVersion),
    ...(page.continue ? { continue: page.continue } : {}),
    // How many are left is not known where a selector still has to look at them.
    ...(page.remaining && !selective
      ? { remainingItemCount: page.remaining }
      : {}),
  });
  return { code: 200, body };
}
