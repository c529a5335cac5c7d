import { applyPatch, JsonPatchError } from 'fast-json-patch';
import type { Operation } from 'fast-json-patch';
import { cloneJson, isRecord } from '../cluster/json';
import { apiVersionOf } from '../cluster/keys';
import { badRequest, invalid, StatusError } from '../cluster/statusError';
import type { KubernetesObject } from '../cluster/types';
import { decode, mediaTypeOf, readBody } from './body';
import type { ResourceContext } from './context';
import { isCustom } from './customFields';
import { existingObject, keyFor, readIncoming } from './objects';
import { applyConfiguration } from './patch/apply';
import { mergePatch } from './patch/mergePatch';
import { strategicMerge } from './patch/strategicMerge';
import { isTrue } from './requestInfo';
import { toServed, toStored } from './shapes';

const JSON_PATCH = 'application/json-patch+json';
const MERGE_PATCH = 'application/merge-patch+json';
const STRATEGIC_PATCH = 'application/strategic-merge-patch+json';
const APPLY_PATCH = 'application/apply-patch+yaml';

// k8s.io/apiserver/pkg/endpoints/handlers/patch.go
const MAX_OPERATIONS = 10_000;

export interface Patched {
  object: KubernetesObject;
  /** Undefined when applying makes the object. */
  existing?: KubernetesObject;
}

function rejected(): StatusError {
  return new StatusError({
    code: 422,
    reason: 'Invalid',
    message: 'the server rejected our request due to an error in our request',
    details: {},
  });
}

function isOperation(value: unknown): value is Operation {
  return (
    isRecord(value) &&
    typeof value.op === 'string' &&
    typeof value.path === 'string'
  );
}

function jsonPatch(target: unknown, operations: unknown): unknown {
  if (!Array.isArray(operations) || !operations.every(isOperation)) {
    throw badRequest(
      'json: cannot unmarshal object into Go value of type jsonpatch.Patch',
    );
  }
  if (operations.length > MAX_OPERATIONS) {
    throw new StatusError({
      code: 413,
      reason: 'RequestEntityTooLarge',
      message: `The allowed maximum operations in a JSON patch is ${MAX_OPERATIONS}, got ${operations.length}`,
    });
  }
  try {
    return applyPatch(cloneJson(target), operations, true, true).newDocument;
  } catch (error) {
    if (error instanceof JsonPatchError) throw rejected();
    throw error;
  }
}

function apply(context: ResourceContext, patch: unknown): Patched {
  const { query, type, cluster, path } = context;
  const manager = query.get('fieldManager');
  if (!manager) {
    throw invalid({
      group: 'meta.k8s.io',
      kind: 'PatchOptions',
      name: '',
      causes: [
        {
          reason: 'FieldValueRequired',
          message: 'Required value: is required for apply patch',
          field: 'fieldManager',
        },
      ],
    });
  }
  if (!isRecord(patch)) throw badRequest('error decoding YAML: not an object');
  const given = readIncoming(context, patch);
  if (isRecord(patch.metadata) && patch.metadata.managedFields) {
    throw badRequest('metadata.managedFields must be nil');
  }
  const current = cluster.store.peek(keyFor(context, path.name ?? ''));
  const object = applyConfiguration({
    current,
    applied: cloneJson(given),
    manager,
    force: isTrue(query.get('force')),
    custom: isCustom(cluster, type),
    now: cluster.clock.now(),
  });
  return { object: readIncoming(context, object), existing: current };
}

function changed(
  context: ResourceContext,
  mediaType: string,
  patch: unknown,
): unknown {
  const { type, cluster } = context;
  const target = toServed(existingObject(context), type);
  switch (mediaType) {
    case JSON_PATCH:
      return jsonPatch(target, patch);
    case MERGE_PATCH:
      return mergePatch(target, patch);
    case STRATEGIC_PATCH:
      if (!isCustom(cluster, type)) return strategicMerge(target, patch);
      break;
    default:
  }
  throw new StatusError({
    code: 415,
    reason: 'UnsupportedMediaType',
    message: '415: Unsupported Media Type',
    details: {},
  });
}

/** Reads a patch and what the object becomes by it; the object itself stays as it is. */
export async function patchObject(context: ResourceContext): Promise<Patched> {
  const { request, type } = context;
  const mediaType = mediaTypeOf(request);
  const patch = decode(await readBody(request), mediaType);
  if (mediaType === APPLY_PATCH) return apply(context, patch);
  const existing = existingObject(context);
  const result = changed(context, mediaType, patch);
  if (!isRecord(result) || !isRecord(result.metadata)) throw rejected();
  const { metadata } = result;
  const { name, namespace } = existing.metadata;
  if (metadata.name !== name) {
    throw badRequest(
      `the name of the object (${metadata.name}) does not match the name on the URL (${name})`,
    );
  }
  const object = toStored(
    {
      ...result,
      apiVersion: apiVersionOf(type),
      kind: type.kind,
      metadata: { ...metadata, name, namespace },
    },
    type,
  );
  return { object, existing };
}
