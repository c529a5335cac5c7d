import { Knex } from 'knex';
import { chunksOf, isIn } from '../../database/dialect';
import { EntityFields } from '../toEntityRow';
import { raiseRevision } from './raiseRevision';

/** Derives services anew inside the transaction that changed their entities. */
export type DeriveServices = (
  tx: Knex,
  entityIds: Iterable<number>,
) => Promise<unknown>;

export interface FetchedEntity {
  fields: EntityFields;
  etag: string | null;
}

type StoredEntity = Omit<EntityFields, 'is_service'> & {
  id: number;
  is_service: boolean | 0 | 1;
  etag: string | null;
  gone_at: number | null;
};

/**
 * Writes entities as the catalog has them now, in one transaction. What did not change in what is mirrored only gets
 * its new etag and makes no revision.
 *
 * @returns how many entities changed
 */
export async function writeEntities(options: {
  knex: Knex;
  fetched: readonly FetchedEntity[];
  deriveServices: DeriveServices;
}): Promise<number> {
  const { knex, fetched, deriveServices } = options;
  return knex.transaction(async tx => {
    const refs = fetched.map(({ fields }) => fields.ref);
    const stored = await readStored(tx, refs);
    const changed: FetchedEntity[] = [];
    for (const entity of fetched) {
      const before = stored.get(entity.fields.ref);
      if (!before || isChanged(before, entity.fields)) {
        changed.push(entity);
      } else if (before.etag !== entity.etag) {
        await tx('entities')
          .where({ id: before.id })
          .update({ etag: entity.etag });
      }
    }
    if (changed.length === 0) {
      return 0;
    }
    const revision = await raiseRevision(tx);
    const rows = changed.map(({ fields, etag }) => ({
      ...fields,
      domain_ref: domainOf(fields, stored.get(fields.ref)),
      etag,
      revision,
      misses: 0,
      gone_at: null,
    }));
    for (const chunk of chunksOf(rows)) {
      await tx('entities').insert(chunk).onConflict('ref').merge();
    }
    const ids = await readIds(
      tx,
      changed.map(({ fields }) => fields.ref),
    );
    await replaceOwners({ tx, changed, ids });
    await deriveServices(
      tx,
      changed.flatMap(({ fields }) => {
        const before = stored.get(fields.ref);
        const same =
          before &&
          before.gone_at === null &&
          Boolean(before.is_service) === fields.is_service;
        return same ? [] : ids.get(fields.ref) ?? [];
      }),
    );
    return changed.length;
  });
}

async function readStored(
  tx: Knex,
  refs: readonly string[],
): Promise<Map<string, StoredEntity>> {
  const rows: StoredEntity[] = await tx('entities').where(
    isIn({ knex: tx, column: 'ref', values: refs }),
  );
  return new Map(rows.map(row => [row.ref, row]));
}

async function readIds(
  tx: Knex,
  refs: readonly string[],
): Promise<Map<string, number>> {
  const rows: { id: number; ref: string }[] = await tx('entities')
    .select('id', 'ref')
    .where(isIn({ knex: tx, column: 'ref', values: refs }));
  return new Map(rows.map(row => [row.ref, row.id]));
}

function isChanged(before: StoredEntity, after: EntityFields): boolean {
  return (
    before.gone_at !== null ||
    Boolean(before.is_service) !== after.is_service ||
    before.domain_ref !== domainOf(after, before) ||
    (
      [
        'kind',
        'namespace',
        'name',
        'title',
        'type',
        'lifecycle',
        'system_ref',
        'owner_refs',
        'labels',
        'annotations',
      ] as const
    ).some(column => before[column] !== after[column])
  );
}

/** The Domain of what is part of a System is that of the System: kept here, set by `resolveDomains`. */
function domainOf(
  fields: EntityFields,
  before: StoredEntity | undefined,
): string | null {
  return fields.system_ref === null
    ? fields.domain_ref
    : before?.domain_ref ?? null;
}

async function replaceOwners(options: {
  tx: Knex;
  changed: readonly FetchedEntity[];
  ids: ReadonlyMap<string, number>;
}): Promise<void> {
  const { tx, changed, ids } = options;
  await tx('entity_owners')
    .where(isIn({ knex: tx, column: 'entity_id', values: ids.values() }))
    .delete();
  const rows = changed.flatMap(({ fields }) => {
    const owners: string[] = JSON.parse(fields.owner_refs);
    return [...new Set(owners)].map(owner_ref => ({
      entity_id: ids.get(fields.ref),
      owner_ref,
    }));
  });
  for (const chunk of chunksOf(rows)) {
    await tx('entity_owners').insert(chunk);
  }
}
