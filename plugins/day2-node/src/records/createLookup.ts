import { kindName } from './kindName';
import { KindName, KindReadability, ObjectRecord, RecordLookup } from './types';

/**
 * A lookup over records that are all there, as from a file or in a test. For a watched cluster the engine has one that
 * changes.
 *
 * @param readability - how a kind can be read; default: `synced` when there is a record of it, else `absent`
 * @public
 */
export function createLookup(
  records: Iterable<ObjectRecord>,
  readability?: (kind: KindName) => KindReadability | undefined,
): RecordLookup {
  const byKind = new Map<KindName, ObjectRecord[]>();
  const byName = new Map<string, ObjectRecord>();
  const byUid = new Map<string, ObjectRecord>();
  const byOwner = new Map<string, ObjectRecord[]>();
  for (const record of records) {
    const { head } = record;
    const kind = kindName(head);
    push(byKind, kind, record);
    byName.set(nameKey(kind, head.namespace, head.name), record);
    if (head.uid) {
      byUid.set(head.uid, record);
    }
    for (const uid of new Set(head.owners.map(owner => owner.uid))) {
      push(byOwner, `${kind}/${uid}`, record);
    }
  }

  // The fields of a kind are what its definition prunes; a lookup cannot know the type that its caller asks for.
  const found = <F>(all: ObjectRecord[] | undefined) =>
    (all ?? []) as ObjectRecord<F>[];
  return {
    get: <F>(kind: KindName, namespace: string | undefined, name: string) =>
      byName.get(nameKey(kind, namespace, name)) as ObjectRecord<F> | undefined,
    byUid: <F>(uid: string) => byUid.get(uid) as ObjectRecord<F> | undefined,
    ownedBy: <F>(kind: KindName, uid: string) =>
      uid ? found<F>(byOwner.get(`${kind}/${uid}`)) : [],
    inNamespace: <F>(kind: KindName, namespace: string | undefined) =>
      found<F>(byKind.get(kind)).filter(
        ({ head }) => head.namespace === namespace,
      ),
    all: <F>(kind: KindName) => found<F>(byKind.get(kind)),
    readability: kind =>
      readability?.(kind) ?? (byKind.has(kind) ? 'synced' : 'absent'),
  };
}

function nameKey(kind: KindName, namespace: string | undefined, name: string) {
  return `${kind}/${namespace ?? ''}/${name}`;
}

function push<K, V>(index: Map<K, V[]>, key: K, value: V) {
  const values = index.get(key);
  if (values) {
    values.push(value);
  } else {
    index.set(key, [value]);
  }
}
