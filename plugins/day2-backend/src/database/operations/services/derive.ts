import { Area, healthRank } from '@day2ops/backstage-plugin-day2-common';
import { Knex } from 'knex';
import { chunksOf, databaseNow, isIn, isPostgres, rowsOf } from '../../dialect';
import { ServiceAreaRow, ServiceRow, ServiceShape } from '../../rows';
import { severityOf } from '../../severity';

interface DerivedEntity {
  id: number;
  ref: string;
  name: string;
  is_service: boolean | 0 | 1;
  gone_at: number | null;
}

/**
 * Derives the services of these entities from `service_areas`, inside the transaction that changed them. Rows are
 * locked first, in the order of their ids: two collectors of one service come one after the other, and the second sees
 * what the first wrote. An entity that should run and has nothing is `unknown/NothingFound`; one that neither runs nor
 * should, or is gone, is no service.
 *
 * @returns the refs of these entities
 */
export async function deriveServices(
  tx: Knex,
  entityIds: Iterable<number>,
): Promise<string[]> {
  const ids = [...new Set(entityIds)].sort((a, b) => a - b);
  if (ids.length === 0) {
    return [];
  }
  const stored = await lockServices(tx, ids);
  const entities: DerivedEntity[] = await tx('entities')
    .select('id', 'ref', 'name', 'is_service', 'gone_at')
    .where(isIn({ knex: tx, column: 'id', values: ids }));
  const areas: ServiceAreaRow[] = await tx('service_areas').where(
    isIn({ knex: tx, column: 'entity_id', values: ids }),
  );
  const byEntity = groupByEntity(areas);
  const [{ now }] = await rowsOf<{ now: number }>(
    tx.raw(`SELECT ${databaseNow(tx)} AS now`),
  );
  const wanted = entities.flatMap(
    entity => deriveService(entity, byEntity.get(entity.id) ?? [], now) ?? [],
  );
  await replaceServices({ tx, ids, stored, wanted });
  return entities.map(entity => entity.ref);
}

/**
 * A row that is not there cannot be locked, so missing ones are made first; one that another transaction takes away
 * between the two statements is made again.
 */
async function lockServices(
  tx: Knex,
  ids: readonly number[],
): Promise<Map<number, ServiceRow>> {
  const one = (column: string) => isIn({ knex: tx, column, values: ids });
  if (!isPostgres(tx)) {
    const rows: ServiceRow[] = await tx('services').where(one('entity_id'));
    return new Map(rows.map(row => [row.entity_id, row]));
  }
  for (let attempt = 0; attempt < 5; attempt++) {
    await tx.raw(
      `INSERT INTO services (entity_id, ref, name, health, rank, reason, since, severity, shape, revision)
      SELECT id, ref, name, 'unknown', 0, '', 0, 0, '', -1 FROM entities WHERE ? ORDER BY id
      ON CONFLICT (entity_id) DO NOTHING`,
      [one('id')],
    );
    const rows = await rowsOf<ServiceRow>(
      tx.raw('SELECT * FROM services WHERE ? ORDER BY entity_id FOR UPDATE', [
        one('entity_id'),
      ]),
    );
    const [{ known }] = await rowsOf<{ known: string }>(
      tx.raw('SELECT COUNT(*) AS known FROM entities WHERE ?', [one('id')]),
    );
    if (rows.length >= Number(known)) {
      return new Map(rows.map(row => [row.entity_id, row]));
    }
  }
  throw new Error(`Could not lock ${ids.length} services`);
}

function groupByEntity(
  rows: readonly ServiceAreaRow[],
): Map<number, ServiceAreaRow[]> {
  const groups = new Map<number, ServiceAreaRow[]>();
  for (const row of rows) {
    const group = groups.get(row.entity_id);
    if (group) {
      group.push(row);
    } else {
      groups.set(row.entity_id, [row]);
    }
  }
  return groups;
}

type DerivedService = Omit<ServiceRow, 'revision'>;

function deriveService(
  entity: DerivedEntity,
  areas: readonly ServiceAreaRow[],
  now: number,
): DerivedService | undefined {
  const { id, ref, name } = entity;
  if (entity.gone_at !== null) {
    return undefined;
  }
  const [worst] = [...areas].sort(worstFirst);
  if (worst) {
    const { health, rank, reason, since, severity, item_id } = worst;
    const verdict = { health, rank, reason, since, severity, item_id };
    return { entity_id: id, ref, name, ...verdict, shape: shapeOf(areas) };
  }
  if (!entity.is_service) {
    return undefined;
  }
  const rank = healthRank('unknown');
  return {
    entity_id: id,
    ref,
    name,
    health: 'unknown',
    rank,
    reason: 'NothingFound',
    since: now,
    severity: severityOf({ rank, since: now }),
    item_id: null,
    shape: shapeOf([]),
  };
}

function worstFirst(a: ServiceAreaRow, b: ServiceAreaRow): number {
  return (
    a.severity - b.severity ||
    Number(b.environment === 'production') -
      Number(a.environment === 'production') ||
    (a.item_id < b.item_id ? -1 : 1)
  );
}

function shapeOf(areas: readonly ServiceAreaRow[]): string {
  const all = <T extends string>(value: (row: ServiceAreaRow) => T) =>
    [...new Set(areas.map(value))].sort();
  return JSON.stringify({
    environments: all(row => row.environment),
    clusters: all(row => row.cluster),
    areas: all<Area>(row => row.area),
  } satisfies ServiceShape);
}

async function replaceServices(options: {
  tx: Knex;
  ids: readonly number[];
  stored: ReadonlyMap<number, ServiceRow>;
  wanted: readonly DerivedService[];
}): Promise<void> {
  const { tx, ids, stored, wanted } = options;
  const changed = wanted.flatMap(service => {
    const before = stored.get(service.entity_id);
    if (before && isSame(before, service)) {
      return [];
    }
    return [{ ...service, revision: Math.max(before?.revision ?? 0, 0) + 1 }];
  });
  for (const chunk of chunksOf(changed)) {
    await tx('services').insert(chunk).onConflict('entity_id').merge();
  }
  const kept = new Set(wanted.map(service => service.entity_id));
  const gone = ids.filter(id => !kept.has(id) && stored.has(id));
  if (gone.length > 0) {
    await tx('services')
      .where(isIn({ knex: tx, column: 'entity_id', values: gone }))
      .delete();
  }
}

function isSame(before: ServiceRow, after: DerivedService): boolean {
  // A placeholder equals nothing, and what still finds nothing keeps its time.
  const still =
    after.item_id === null &&
    before.item_id === null &&
    before.reason === after.reason;
  return (
    before.revision > 0 &&
    before.item_id === after.item_id &&
    before.reason === after.reason &&
    before.name === after.name &&
    before.ref === after.ref &&
    before.shape === after.shape &&
    (still || before.severity === after.severity)
  );
}
