import { isRecord } from '../cluster/json';
import { keyOf } from '../cluster/keys';
import type { Status } from '../cluster/statusError';
import type { KubernetesObject } from '../cluster/types';
import { readObject } from './body';
import type { Answer, ResourceContext } from './context';
import { selectionOf } from './list';
import {
  existingObject,
  prepareCreate,
  prepareUpdate,
  readIncoming,
} from './objects';
import { patchObject } from './patches';
import { represent, representList } from './representations';
import { storedKind } from './shapes';
import { readDeleteOptions, readDryRun } from './writeOptions';

export function read(context: ResourceContext): Answer {
  return { code: 200, body: represent(context, existingObject(context)) };
}

export async function create(context: ResourceContext): Promise<Answer> {
  const dryRun = readDryRun(context.query, 'CreateOptions');
  const body = await readObject(context.request);
  const object = prepareCreate(context, readIncoming(context, body));
  const created = context.cluster.store.create(object, { dryRun });
  return { code: 201, body: represent(context, created) };
}

/** `status` replaces the status alone. */
export async function update(
  context: ResourceContext,
  options: { status?: boolean } = {},
): Promise<Answer> {
  const dryRun = readDryRun(context.query, 'UpdateOptions');
  const incoming = readIncoming(context, await readObject(context.request));
  const existing = existingObject(context);
  const object = options.status
    ? incoming
    : prepareUpdate(context, incoming, existing);
  const updated = context.cluster.store.update(object, { ...options, dryRun });
  return { code: 200, body: represent(context, updated) };
}

export async function patch(
  context: ResourceContext,
  options: { status?: boolean } = {},
): Promise<Answer> {
  const dryRun = readDryRun(context.query, 'PatchOptions');
  const { store } = context.cluster;
  const { object, existing } = await patchObject(context);
  if (!existing) {
    const created = store.create(prepareCreate(context, object), { dryRun });
    return { code: 201, body: represent(context, created) };
  }
  const next = options.status
    ? object
    : prepareUpdate(context, object, existing);
  const updated = store.update(next, { ...options, dryRun });
  return { code: 200, body: represent(context, updated) };
}

function deleted(context: ResourceContext, object: KubernetesObject): Status {
  const { type } = context;
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {
      name: object.metadata.name,
      ...(type.group ? { group: type.group } : {}),
      kind: type.plural,
      uid: object.metadata.uid,
    },
  };
}

export async function remove(context: ResourceContext): Promise<Answer> {
  const body = await readObject(context.request);
  const options = readDeleteOptions(
    context.query,
    isRecord(body) ? body : undefined,
  );
  const { store } = context.cluster;
  const object = existingObject(context);
  const key = keyOf(object);
  store.delete(key, options);
  const left = options.dryRun ? undefined : store.peek(key);
  if (left && left.metadata.uid === object.metadata.uid) {
    return { code: 200, body: represent(context, left) };
  }
  return { code: 200, body: deleted(context, object) };
}

export async function removeCollection(
  context: ResourceContext,
): Promise<Answer> {
  const body = await readObject(context.request);
  const options = readDeleteOptions(context.query, body);
  const { store } = context.cluster;
  const { group, kind } = storedKind(context.type);
  const objects = store
    .peekAll(group, kind, context.path.namespace)
    .filter(selectionOf(context));
  for (const object of objects) {
    const key = keyOf(object);
    // An object that an earlier one owned is gone by now.
    if (store.peek(key)) store.delete(key, options);
  }
  const metadata = { resourceVersion: String(store.resourceVersion()) };
  return { code: 200, body: representList(context, objects, metadata) };
}
