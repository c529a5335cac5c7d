import { kindKey, keyOf, nameKey } from './keys';
import type { KubernetesObject, ObjectKey } from './types';

/** The objects themselves, found by name, uid and owner. What is in it is replaced, never changed. */
export interface ObjectTable {
  get(key: ObjectKey): KubernetesObject | undefined;
  list(group: string, kind: string): Iterable<KubernetesObject>;
  kinds(): Iterable<readonly [string, Iterable<KubernetesObject>]>;
  put(object: KubernetesObject): void;
  remove(object: KubernetesObject): void;
  byUid(uid: string): KubernetesObject | undefined;
  /** Objects with an owner reference to `uid`, in order of creation. */
  dependents(uid: string): KubernetesObject[];
}

export function createObjectTable(): ObjectTable {
  const kinds = new Map<string, Map<string, KubernetesObject>>();
  const uids = new Map<string, KubernetesObject>();
  const owned = new Map<string, Set<string>>();

  const disown = (object: KubernetesObject) => {
    for (const { uid } of object.metadata.ownerReferences ?? []) {
      const dependents = owned.get(uid);
      dependents?.delete(object.metadata.uid ?? '');
      if (dependents?.size === 0) owned.delete(uid);
    }
  };
  const table: ObjectTable = {
    get: key => kinds.get(kindKey(key.group, key.kind))?.get(nameKey(key)),
    list: (group, kind) => kinds.get(kindKey(group, kind))?.values() ?? [],
    *kinds() {
      for (const [kind, objects] of kinds) yield [kind, objects.values()];
    },
    put(object) {
      const key = keyOf(object);
      const uid = object.metadata.uid ?? '';
      const previous = table.get(key);
      if (previous) disown(previous);
      const kind = kindKey(key.group, key.kind);
      const objects = kinds.get(kind) ?? new Map<string, KubernetesObject>();
      kinds.set(kind, objects.set(nameKey(key), object));
      uids.set(uid, object);
      for (const owner of object.metadata.ownerReferences ?? []) {
        const dependents = owned.get(owner.uid) ?? new Set<string>();
        owned.set(owner.uid, dependents.add(uid));
      }
    },
    remove(object) {
      const key = keyOf(object);
      disown(object);
      uids.delete(object.metadata.uid ?? '');
      const kind = kindKey(key.group, key.kind);
      kinds.get(kind)?.delete(nameKey(key));
      if (kinds.get(kind)?.size === 0) kinds.delete(kind);
    },
    byUid: uid => uids.get(uid),
    dependents: uid =>
      [...(owned.get(uid) ?? [])].flatMap(dependent => {
        const object = uids.get(dependent);
        return object ? [object] : [];
      }),
  };
  return table;
}
