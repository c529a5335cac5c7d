import { annotationNames } from '@day2ops/backstage-plugin-day2-common';
import {
  ObjectRecord,
  ObjectSelector,
} from '@day2ops/backstage-plugin-day2-node';
import { isDeepStrictEqual } from 'node:util';
import { RecordChange } from '../records/KindTable';
import { RecordStore } from '../records/RecordStore';

const maxOwnerDepth = 8;

/**
 * Objects to judge again because one changed: itself, its owners and theirs, and what its kind says it affects, as it
 * was and as it is. What a new one owns belongs to somebody through it. A change of labels moves who owns it, so everything of its namespace is asked again.
 */
export function affectedBy(
  change: RecordChange,
  store: RecordStore,
): Set<string> {
  const { before, after, table } = change;
  const uids = new Set<string>();
  for (const record of [before, after]) {
    if (!record) {
      continue;
    }
    uids.add(record.head.uid);
    addOwners({ record, store, uids, depth: 0 });
    for (const selector of table.definition.affects?.(record) ?? []) {
      for (const { head } of select(store, selector)) {
        uids.add(head.uid);
      }
    }
  }
  if (!before && after) {
    addOwned(store, after.head.uid, uids);
  }
  if (before && after && movesOwnership(before, after)) {
    const { namespace, name, kind } = after.head;
    addNamespace(store, kind === 'Namespace' ? name : namespace, uids);
  }
  return uids;
}

function addOwners(options: {
  record: ObjectRecord;
  store: RecordStore;
  uids: Set<string>;
  depth: number;
}): void {
  const { record, store, uids, depth } = options;
  for (const owner of record.head.owners) {
    const found = store.byUid(owner.uid);
    if (found && !uids.has(owner.uid) && depth < maxOwnerDepth) {
      uids.add(owner.uid);
      addOwners({ record: found, store, uids, depth: depth + 1 });
    }
  }
}

function addOwned(store: RecordStore, uid: string, uids: Set<string>): void {
  for (const table of store.tables()) {
    if (table.definition.area === undefined) {
      continue;
    }
    for (const { head } of table.ownedBy(uid)) {
      uids.add(head.uid);
    }
  }
}

function select(
  store: RecordStore,
  { kind, namespace, name }: ObjectSelector,
): Iterable<ObjectRecord> {
  if (name !== undefined) {
    const record = store.get(kind, namespace, name);
    return record ? [record] : [];
  }
  return namespace === undefined
    ? store.all(kind)
    : store.inNamespace(kind, namespace);
}

function movesOwnership(before: ObjectRecord, after: ObjectRecord): boolean {
  return (
    !isDeepStrictEqual(before.head.labels, after.head.labels) ||
    Object.values(annotationNames).some(
      name => before.head.annotations[name] !== after.head.annotations[name],
    )
  );
}

function addNamespace(
  store: RecordStore,
  namespace: string | undefined,
  uids: Set<string>,
): void {
  if (namespace === undefined) {
    return;
  }
  for (const table of store.tables()) {
    if (table.definition.area === undefined) {
      continue;
    }
    for (const { head } of table.inNamespace(namespace)) {
      uids.add(head.uid);
    }
  }
}
