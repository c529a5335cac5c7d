import { setImmediate } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { createDeferred } from '@backstage/types';
import { Knex } from 'knex';
import { Clock } from '../model/time';
import { readRevision } from './operations/raiseRevision';
import { truncatedMark } from './toEntityRow';
import { DirectoryEntity, EntityChange, EntityMirror } from './types';

const pageSize = 500;

interface EntityRow {
  id: number;
  ref: string;
  kind: string;
  namespace: string;
  name: string;
  is_service: boolean | 0 | 1;
  owner_refs: string;
  labels: string;
  annotations: string;
  revision: number;
  gone_at: number | null;
}

const columns = [
  'id',
  'ref',
  'kind',
  'namespace',
  'name',
  'is_service',
  'owner_refs',
  'labels',
  'annotations',
  'revision',
  'gone_at',
] satisfies (keyof EntityRow)[];

export function createEntityMirror(options: {
  knex: Knex;
  clock: Clock;
  logger: LoggerService;
  /** How often the counter is read; default 2 s. */
  pollMs?: number;
}): EntityMirror {
  const { knex, clock, logger, pollMs = 2000 } = options;
  const entities = new Map<number, DirectoryEntity>();
  const listeners = new Set<(changes: readonly EntityChange[]) => void>();
  const loaded = createDeferred();
  // A page may end in the middle of a revision, hence the id.
  let cursor = { revision: 0, id: 0 };
  let generation = 0;
  let running: Promise<void> | undefined;
  let again = false;
  let failing = false;
  let stopped = false;
  let cancel = () => {};

  function apply(row: EntityRow): EntityChange {
    const before = entities.get(row.id);
    const after = row.gone_at === null ? toDirectoryEntity(row) : undefined;
    if (after) {
      entities.set(row.id, after);
    } else {
      entities.delete(row.id);
    }
    return { before, after };
  }

  async function read(): Promise<void> {
    if ((await readRevision(knex)) === cursor.revision) {
      return;
    }
    for (;;) {
      const rows = await readPage(knex, cursor);
      const last = rows.at(-1);
      if (!last) {
        return;
      }
      const changes = rows.map(apply);
      cursor = { revision: last.revision, id: last.id };
      generation += 1;
      for (const listener of listeners) {
        listener(changes);
      }
      await setImmediate();
    }
  }

  async function refresh(): Promise<void> {
    if (running) {
      again = true;
      return running;
    }
    const readAll = async () => {
      do {
        again = false;
        await read();
      } while (again);
    };
    running = readAll().finally(() => {
      running = undefined;
    });
    return running;
  }

  function schedule() {
    if (!stopped) {
      cancel = clock.after(pollMs, () => {
        poll();
      });
    }
  }

  async function poll() {
    try {
      await refresh();
      failing = false;
    } catch (error) {
      if (!failing && !stopped) {
        logger.warn(
          `Catalog entities cannot be read from the database, the last known ones stand: ${error}`,
        );
      }
      failing = true;
    }
    schedule();
  }

  return {
    async start() {
      await refresh();
      loaded.resolve();
      schedule();
    },
    stop() {
      stopped = true;
      cancel();
    },
    ready: () => loaded,
    refresh,
    generation: () => generation,
    entities: () => entities.values(),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

async function readPage(
  knex: Knex,
  from: { revision: number; id: number },
): Promise<EntityRow[]> {
  return knex('entities')
    .select(columns)
    .where('revision', '>', from.revision)
    .orWhere(row =>
      row.where('revision', from.revision).andWhere('id', '>', from.id),
    )
    .orderBy(['revision', 'id'])
    .limit(pageSize);
}

function toDirectoryEntity(row: EntityRow): DirectoryEntity {
  const annotations: Record<string, string> = JSON.parse(row.annotations);
  return {
    id: row.id,
    ref: row.ref,
    kind: row.kind,
    namespace: row.namespace,
    name: row.name,
    isService: Boolean(row.is_service),
    ownerRefs: JSON.parse(row.owner_refs),
    labels: JSON.parse(row.labels),
    annotations,
    truncated: Object.hasOwn(annotations, truncatedMark),
  };
}
