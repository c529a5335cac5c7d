import { annotationNames } from '@day2ops/backstage-plugin-day2-common';
import { ObjectRecord } from '@day2ops/backstage-plugin-day2-node';
import { CorrelationTarget } from '../../model/types';
import { KindTable } from '../records/KindTable';
import { RecordStore } from '../records/RecordStore';

const maxDepth = 4;
const maxThrough = 20;

/** An object as correlation sees it, with the objects through which it may belong to somebody. */
export function correlationTarget(options: {
  cluster: string;
  store: RecordStore;
  table: KindTable;
  record: ObjectRecord;
}): CorrelationTarget {
  return targetOf({ ...options, depth: 0 });
}

function targetOf(options: {
  cluster: string;
  store: RecordStore;
  table: KindTable;
  record: ObjectRecord;
  depth: number;
}): CorrelationTarget {
  const { cluster, store, table, record, depth } = options;
  const { namespace, kind, name, labels, annotations } = record.head;
  const through: CorrelationTarget[] = [];
  if (depth < maxDepth) {
    for (const found of throughOf(options)) {
      through.push(targetOf({ cluster, store, ...found, depth: depth + 1 }));
    }
  }
  return {
    cluster,
    namespace:
      kind === 'Namespace' && !table.definition.group ? name : namespace,
    kind,
    name,
    labels,
    annotations,
    through,
  };
}

function throughOf(options: {
  store: RecordStore;
  table: KindTable;
  record: ObjectRecord;
}) {
  const { store, table, record } = options;
  const uids = record.head.owners.map(owner => owner.uid);
  for (const other of table.definition.belongsThrough?.(record, store) ?? []) {
    uids.push(other.head.uid);
  }
  return [...new Set(uids)]
    .slice(0, maxThrough)
    .map(uid => store.find(uid))
    .filter(found => found !== undefined);
}

/** The object with the environment that its namespace says, unless it says one itself. */
export function withNamespaceEnvironment(
  target: CorrelationTarget,
  store: RecordStore,
): CorrelationTarget {
  const key = annotationNames.environment;
  const { namespace, labels } = target;
  if (namespace === undefined || labels[key] !== undefined) {
    return target;
  }
  const environment = store.get('Namespace', undefined, namespace)?.head.labels[
    key
  ];
  return environment === undefined
    ? target
    : { ...target, labels: { ...labels, [key]: environment } };
}
