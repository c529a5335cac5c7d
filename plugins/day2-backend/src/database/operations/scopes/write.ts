import { Knex } from 'knex';
import { JudgedItem, Lease, ScopeBatch } from '../../../model/types';
import { isIn } from '../../dialect';
import { ItemEntityRow, ItemRow } from '../../rows';
import { recomputeAreas } from '../areas/recompute';
import { writeCluster } from '../clusters/write';
import { linkItems } from '../items/link';
import { upsertItems } from '../items/upsert';
import { upsertKindStates } from '../kinds/upsert';
import { fence } from '../leases/fence';
import { deriveServices } from '../services/derive';
import {
  recordTransitions,
  TransitionRecord,
  TransitionSubject,
} from '../transitions/record';
import { clusterOf } from './clusterOf';

interface StoredBefore {
  subjects: ReadonlyMap<string, TransitionSubject>;
  links: ReadonlyMap<string, ItemEntityRow[]>;
}

/** Writes a batch in the transaction at hand, all or nothing. */
export async function writeScope(options: {
  tx: Knex;
  lease: Lease;
  batch: ScopeBatch;
}): Promise<{ revision: number; entityRefs: string[] }> {
  const { tx, lease, batch } = options;
  const { scope } = lease;
  const revision = await fence({ tx, lease });
  const items = batch.items.map(write => write.item);
  const ids = [...items.map(item => item.id), ...batch.removed];
  const before = await readBefore({ tx, scope, ids });

  await upsertItems({ tx, scope, items: batch.items });
  await linkItems({ tx, items, stored: before.links });
  await removeItems({ tx, ids: batch.removed });
  await recordTransitions({
    tx,
    scope,
    records: subjectsOf(batch, before),
  });
  const cluster = clusterOf(scope);
  if (cluster !== undefined) {
    await upsertKindStates({ tx, cluster, kindStates: batch.kindStates });
    if (batch.cluster) {
      await writeCluster({ tx, name: cluster, cluster: batch.cluster });
    }
  }
  const entityIds = touchedEntities(items, before);
  await recomputeAreas({ tx, scope, entityIds });
  return { revision, entityRefs: await deriveServices(tx, entityIds) };
}

async function readBefore(options: {
  tx: Knex;
  scope: string;
  ids: readonly string[];
}): Promise<StoredBefore> {
  const { tx, scope, ids } = options;
  if (ids.length === 0) {
    return { subjects: new Map(), links: new Map() };
  }
  const rows: (TransitionSubject & Pick<ItemRow, 'id'>)[] = await tx('items')
    .select(
      'id',
      'cluster',
      'cluster_uid',
      'environment',
      'area',
      'kind',
      'namespace',
      'name',
    )
    .where({ scope })
    .where(isIn({ knex: tx, column: 'id', values: ids }));
  const links = new Map<string, ItemEntityRow[]>();
  const linked: ItemEntityRow[] = await tx('item_entities').where(
    isIn({ knex: tx, column: 'item_id', values: ids }),
  );
  for (const link of linked) {
    links.set(link.item_id, [...(links.get(link.item_id) ?? []), link]);
  }
  return {
    subjects: new Map(rows.map(({ id, ...subject }) => [id, subject])),
    links,
  };
}

async function removeItems(options: {
  tx: Knex;
  ids: readonly string[];
}): Promise<void> {
  const { tx, ids } = options;
  if (ids.length > 0) {
    const own = (column: string) => isIn({ knex: tx, column, values: ids });
    await tx('item_entities').where(own('item_id')).delete();
    await tx('item_details').where(own('item_id')).delete();
    await tx('items').where(own('id')).delete();
  }
}

/** Transitions with what they are about: the item as it is now, or as it was for one that is gone. */
function subjectsOf(
  batch: ScopeBatch,
  before: StoredBefore,
): TransitionRecord[] {
  const present = new Map(batch.items.map(({ item }) => [item.id, item]));
  return batch.transitions.flatMap(transition => {
    const item = present.get(transition.itemId);
    if (item) {
      return {
        transition,
        subject: subjectOf(item),
        entityIds: item.entities.map(link => link.entityId),
      };
    }
    const subject = before.subjects.get(transition.itemId);
    const links = before.links.get(transition.itemId) ?? [];
    // An item that came and went before it was written has no history.
    return subject
      ? { transition, subject, entityIds: links.map(link => link.entity_id) }
      : [];
  });
}

function subjectOf(item: JudgedItem): TransitionSubject {
  return {
    cluster: item.cluster,
    cluster_uid: item.clusterUid,
    environment: item.environment,
    area: item.area,
    kind: item.kind,
    namespace: item.namespace ?? null,
    name: item.name,
  };
}

function touchedEntities(
  items: readonly JudgedItem[],
  before: StoredBefore,
): number[] {
  return [
    ...new Set([
      ...items.flatMap(item => item.entities.map(link => link.entityId)),
      ...[...before.links.values()].flat().map(link => link.entity_id),
    ]),
  ];
}
