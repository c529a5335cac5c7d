import { healthRank } from '@day2ops/backstage-plugin-day2-common';
import { Knex } from 'knex';
import { ItemWrite } from '../../../model/types';
import { chunksOf } from '../../dialect';
import { ItemDetailsRow, ItemRow } from '../../rows';
import { severityOf } from '../../severity';

const searchLength = 1200;

/** Adds or replaces items of a scope. */
export async function upsertItems(options: {
  tx: Knex;
  scope: string;
  items: readonly ItemWrite[];
}): Promise<void> {
  const { tx, scope, items } = options;
  for (const chunk of chunksOf(items)) {
    await tx('items')
      .insert(chunk.map(write => rowOf(scope, write)))
      .onConflict('id')
      .merge();
    await tx('item_details')
      .insert(chunk.map(detailsOf))
      .onConflict('item_id')
      .merge();
  }
}

function rowOf(scope: string, write: ItemWrite): ItemRow {
  const { item, history, digest } = write;
  const { verdict, revision } = item;
  const rank = healthRank(verdict.health);
  return {
    id: item.id,
    scope,
    cluster: item.cluster,
    cluster_uid: item.clusterUid,
    environment: item.environment,
    area: item.area,
    source: item.source,
    api_version: item.apiVersion,
    group: item.group,
    kind: item.kind,
    namespace: item.namespace ?? null,
    name: item.name,
    uid: item.uid,
    health: verdict.health,
    rank,
    reason: verdict.reason,
    params: JSON.stringify(verdict.params),
    message: verdict.message,
    since: history.since,
    since_source: history.sinceSource,
    flapping_times: history.flapping?.times ?? null,
    flapping_since: history.flapping?.since ?? null,
    severity: severityOf({ rank, since: history.since }),
    owned: item.entities.length > 0,
    digest,
    recorded: toJson(history.recorded),
    pending: toJson(history.pending),
    revision_id: revision?.id ?? null,
    revision_label: revision?.label ?? null,
    search: [
      item.name,
      verdict.reason,
      revision?.label,
      item.namespace,
      verdict.message,
    ]
      .filter(part => part !== undefined)
      .join('\n')
      .slice(0, searchLength)
      .toLocaleLowerCase('en-US'),
  };
}

function detailsOf({ item }: ItemWrite): ItemDetailsRow {
  return {
    item_id: item.id,
    links: JSON.stringify(item.links),
    evidence: JSON.stringify(item.evidence),
  };
}

function toJson(value: object | undefined): string | null {
  return value ? JSON.stringify(value) : null;
}
