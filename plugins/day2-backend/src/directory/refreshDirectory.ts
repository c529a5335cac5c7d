import { setImmediate } from 'node:timers/promises';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Knex } from 'knex';
import { Day2Config } from '../config/types';
import { chunksOf } from '../database/dialect';
import { clearMisses, markMisses } from './operations/markMisses';
import { resolveDomains } from './operations/resolveDomains';
import { DeriveServices, writeEntities } from './operations/writeEntities';
import { isMirrored, toEntityRow } from './toEntityRow';

/** Entities of one fetch and of one transaction. */
const batchSize = 200;

export interface RefreshOptions {
  knex: Knex;
  catalog: Pick<CatalogService, 'streamEntities' | 'getEntitiesByRefs'>;
  /** Own credentials: everything is mirrored, who may see what is decided by the reader. */
  credentials: BackstageCredentials;
  filter: Day2Config['services']['filter'];
  deriveServices: DeriveServices;
  /** Whether entities that are not listed count as missed; default true. */
  countMisses?: boolean;
  signal?: AbortSignal;
}

export interface RefreshResult {
  /** How many entities the catalog listed, without kinds that are not mirrored. */
  listed: number;
  /** Listed and not known before, or gone before. */
  appeared: number;
  changed: number;
  gone: number;
}

interface KnownEntity {
  id: number;
  ref: string;
  etag: string | null;
  misses: number;
  gone_at: number | null;
}

/**
 * Makes `entities` what the catalog is now: lists refs and etags, fetches what changed, counts misses. Does nothing to
 * what is known when the catalog fails on the way.
 *
 * @throws what the catalog or the database throws
 */
export async function refreshDirectory(
  options: RefreshOptions,
): Promise<RefreshResult> {
  const { knex, deriveServices, signal, countMisses = true } = options;
  const listed = await listRefs(options);
  const known: KnownEntity[] = await knex('entities').select(
    'id',
    'ref',
    'etag',
    'misses',
    'gone_at',
  );
  const byRef = new Map(known.map(row => [row.ref, row]));
  const outdated = [...listed].flatMap(([ref, etag]) => {
    const row = byRef.get(ref);
    const same =
      row && row.gone_at === null && etag !== undefined && row.etag === etag;
    return same ? [] : ref;
  });
  let changed = 0;
  for (const refs of chunksOf(outdated, batchSize)) {
    signal?.throwIfAborted();
    changed += await refreshBatch(options, refs);
    await setImmediate();
  }
  const alive = known.filter(row => row.gone_at === null);
  await clearMisses({
    knex,
    seen: alive.filter(row => row.misses > 0 && listed.has(row.ref)),
  });
  const missed = countMisses ? alive.filter(row => !listed.has(row.ref)) : [];
  const gone = await markMisses({ knex, missed, deriveServices });
  if (changed + gone > 0) {
    changed += await resolveDomains(knex);
  }
  const appeared = outdated.filter(ref => {
    const row = byRef.get(ref);
    return !row || row.gone_at !== null;
  }).length;
  return { listed: listed.size, appeared, changed, gone };
}

async function listRefs(
  options: RefreshOptions,
): Promise<Map<string, string | undefined>> {
  const { catalog, credentials, signal } = options;
  const etags = new Map<string, string | undefined>();
  const pages = catalog.streamEntities(
    {
      fields: ['kind', 'metadata.namespace', 'metadata.name', 'metadata.etag'],
    },
    { credentials },
  );
  for await (const page of pages) {
    signal?.throwIfAborted();
    for (const entity of page) {
      if (isMirrored(entity.kind)) {
        etags.set(stringifyEntityRef(entity), etagOf(entity) ?? undefined);
      }
    }
  }
  return etags;
}

async function refreshBatch(
  options: RefreshOptions,
  entityRefs: string[],
): Promise<number> {
  const { knex, catalog, credentials, filter, deriveServices } = options;
  const { items } = await catalog.getEntitiesByRefs(
    { entityRefs },
    { credentials },
  );
  const fetched = items
    .filter(entity => entity !== undefined)
    .map(entity => ({
      fields: toEntityRow(entity, filter),
      etag: etagOf(entity),
    }));
  return writeEntities({ knex, fetched, deriveServices });
}

function etagOf(entity: Entity): string | null {
  return entity.metadata.etag?.slice(0, 255) ?? null;
}
