import type { KubernetesObject, ObjectKey } from './types';

/** The group of an `apiVersion`; empty for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** `apiVersion` of a group and version. */
export function apiVersionOf(type: { group: string; version: string }): string {
  return type.group ? `${type.group}/${type.version}` : type.version;
}

export function keyOf(object: KubernetesObject): ObjectKey {
  return {
    group: groupOf(object.apiVersion),
    kind: object.kind,
    namespace: object.metadata.namespace,
    name: object.metadata.name,
  };
}

export function kindKey(group: string, kind: string): string {
  return `${group}/${kind}`;
}

/** Position of an object within its kind; sorts by namespace, then name, as etcd does. */
export function nameKey(key: { namespace?: string; name: string }): string {
  return `${key.namespace ?? ''}/${key.name}`;
}

/** `Time` of meta/v1: RFC 3339 in whole seconds. */
export function formatTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
