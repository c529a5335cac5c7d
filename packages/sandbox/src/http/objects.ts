import { isRecord } from '../cluster/json';
import { apiVersionOf } from '../cluster/keys';
import { hasStatusSubresource } from '../cluster/objectMeta';
import {
  badRequest,
  invalid,
  notFound,
  StatusError,
} from '../cluster/statusError';
import type { KubernetesObject, ObjectKey } from '../cluster/types';
import type { ResourceContext } from './context';
import { isCustom } from './customFields';
import { applyDefaults, firstStatus } from './defaults';
import { storedKind, toStored } from './shapes';
import { validate } from './validation';

/** The key of the object that a path names. */
export function keyFor(context: ResourceContext, name: string): ObjectKey {
  const { type, path } = context;
  return {
    ...storedKind(type),
    ...(type.namespaced ? { namespace: path.namespace } : {}),
    name,
  };
}

/** The object that a path names. Throws 404. The result must not be changed. */
export function existingObject(context: ResourceContext): KubernetesObject {
  const name = context.path.name ?? '';
  const object = context.cluster.store.peek(keyFor(context, name));
  if (!object) throw notFound(context.type, name);
  return object;
}

function checkKind(
  context: ResourceContext,
  body: Record<string, unknown>,
): void {
  const { type } = context;
  const expected = apiVersionOf(type);
  const { apiVersion, kind } = body;
  if (kind === type.kind && apiVersion === expected) return;
  if (kind === undefined || apiVersion === undefined) {
    const missing = kind === undefined ? 'Kind' : 'apiVersion';
    throw badRequest(
      `the object provided is unrecognized (must be of type ${type.kind}): Object '${missing}' is missing`,
    );
  }
  if (isCustom(context.cluster, type)) {
    throw badRequest(
      `the API version in the data (${apiVersion}) does not match the expected API version (${expected})`,
    );
  }
  throw badRequest(
    `${kind} in version "${apiVersion}" cannot be handled as a ${type.kind}: converting (${apiVersion}.${kind}) to (${expected}.${type.kind}): unknown conversion`,
  );
}

/**
 * Reads an object that a client wants to be there: its kind must be the one of the path, its name and namespace too, or
 * be left out. Throws 400.
 */
export function readIncoming(
  context: ResourceContext,
  body: Record<string, unknown> | undefined,
): KubernetesObject {
  const { path, type } = context;
  if (!body) throw badRequest('Required body is missing');
  checkKind(context, body);
  const given = isRecord(body.metadata) ? body.metadata : {};
  const { namespace, name } = given;
  const empty = (value: unknown) => value === undefined || value === '';
  if (type.namespaced && !empty(namespace) && namespace !== path.namespace) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  if (path.name !== undefined && !empty(name) && name !== path.name) {
    throw badRequest(
      `the name of the object (${name}) does not match the name on the URL (${path.name})`,
    );
  }
  const metadata = {
    ...given,
    name: path.name ?? (typeof name === 'string' ? name : ''),
    ...(type.namespaced ? { namespace: path.namespace } : {}),
  };
  return toStored(
    { ...body, apiVersion: apiVersionOf(type), kind: type.kind, metadata },
    type,
  );
}

function checkNamespace(context: ResourceContext, name: string): void {
  const { type, path, cluster } = context;
  if (!type.namespaced) return;
  const namespace = cluster.store.peek({
    group: '',
    kind: 'Namespace',
    name: path.namespace ?? '',
  });
  if (!namespace) {
    throw notFound({ group: '', plural: 'namespaces' }, path.namespace ?? '');
  }
  if (!namespace.metadata.deletionTimestamp) return;
  const resource = type.group ? `${type.plural}.${type.group}` : type.plural;
  throw new StatusError({
    code: 403,
    reason: 'Forbidden',
    message: `${resource} "${name}" is forbidden: unable to create new content in namespace ${path.namespace} because it is being terminated`,
    details: {
      name,
      kind: type.plural,
      causes: [
        {
          reason: 'NamespaceTerminating',
          message: `namespace ${path.namespace} is being terminated`,
          field: 'metadata.namespace',
        },
      ],
    },
  });
}

/** Makes a new object what the API server would store. Changes and returns `object`. */
export function prepareCreate(
  context: ResourceContext,
  object: KubernetesObject,
): KubernetesObject {
  const { type } = context;
  const { metadata } = object;
  if (metadata.resourceVersion) {
    throw badRequest(
      'resourceVersion should not be set on objects to be created',
    );
  }
  checkNamespace(context, metadata.name);
  delete metadata.uid;
  delete metadata.creationTimestamp;
  delete metadata.deletionTimestamp;
  delete metadata.deletionGracePeriodSeconds;
  delete metadata.generation;
  if (hasStatusSubresource(type)) {
    const status = isCustom(context.cluster, type)
      ? undefined
      : firstStatus(object);
    delete object.status;
    if (status) object.status = status;
  }
  applyDefaults(object);
  validate({ object, type });
  return object;
}

/** As `prepareCreate`, for an object that replaces another. */
export function prepareUpdate(
  context: ResourceContext,
  object: KubernetesObject,
  existing: KubernetesObject,
): KubernetesObject {
  const { type, cluster } = context;
  if (!object.metadata.resourceVersion && isCustom(cluster, type)) {
    throw invalid({
      group: type.group,
      kind: type.kind,
      name: object.metadata.name,
      causes: [
        {
          reason: 'FieldValueInvalid',
          message: 'Invalid value: 0: must be specified for an update',
          field: 'metadata.resourceVersion',
        },
      ],
    });
  }
  object.metadata.managedFields ??= existing.metadata.managedFields;
  applyDefaults(object);
  validate({ object, existing, type });
  return object;
}
