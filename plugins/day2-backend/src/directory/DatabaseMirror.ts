import { setImmediate } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { createDeferred } from '@backstage/types';
import { Knex } from 'knex';
import { Clock } from '../model/time';
import { readRevision } from './operations/raiseRevision';
import {
  EntityRow,
  mirroredColumns,
  toDirectoryEntity,
} from './toDirectoryEntity';
import {
  DirectoryEntity,
  EntityChange,
  EntityListener,
  EntityMirror,
} from './types';

const pageSize = 250;
/** The greatest that PostgreSQL gives. */
const lastId = 2 ** 31 - 1;

/** The mirror over `entities` and its counter. */
export class DatabaseMirror implements EntityMirror {
  readonly #knex: Knex;
  readonly #clock: Clock;
  readonly #logger: LoggerService;
  readonly #pollMs: number;
  readonly #entities = new Map<number, DirectoryEntity>();
  readonly #listeners = new Set<EntityListener>();
  readonly #loaded = createDeferred();
  #isLoaded = false;
  // A page may end in the middle of a revision, hence the id.
  #cursor = { revision: 0, id: 0 };
  #more = false;
  #generation = 0;
  #running: Promise<void> | undefined;
  #again = false;
  #failing = false;
  #stopped = false;
  #cancel = () => {};

  constructor(options: {
    knex: Knex;
    clock: Clock;
    logger: LoggerService;
    /** How often the counter is read; default 2 s. */
    pollMs?: number;
  }) {
    this.#knex = options.knex;
    this.#clock = options.clock;
    this.#logger = options.logger;
    this.#pollMs = options.pollMs ?? 2000;
  }

  start(): Promise<void> {
    return this.#poll();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  async ready(): Promise<void> {
    await this.#loaded;
  }

  isReady(): boolean {
    return this.#isLoaded;
  }

  /** One reads at a time; who comes meanwhile waits for a second reading that sees what he wrote. */
  refresh(): Promise<void> {
    if (this.#running) {
      this.#again = true;
    } else {
      this.#running = this.#readAll();
    }
    return this.#running;
  }

  generation(): number {
    return this.#generation;
  }

  entities(): IterableIterator<DirectoryEntity> {
    return this.#entities.values();
  }

  subscribe(listener: EntityListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #schedule(): void {
    if (!this.#stopped) {
      this.#cancel = this.#clock.after(this.#pollMs, () => this.#poll());
    }
  }

  async #poll(): Promise<void> {
    try {
      await this.refresh();
      this.#isLoaded = true;
      this.#loaded.resolve();
      this.#failing = false;
    } catch (error) {
      if (!this.#failing && !this.#stopped) {
        this.#logger.warn(
          `Catalog entities cannot be read from the database, the last known ones stand: ${error}`,
        );
      }
      this.#failing = true;
    }
    this.#schedule();
  }

  async #readAll(): Promise<void> {
    try {
      do {
        this.#again = false;
        await this.#readChanges();
      } while (this.#again);
    } finally {
      this.#running = undefined;
    }
  }

  async #readChanges(): Promise<void> {
    const revision = await readRevision(this.#knex);
    // What failed between two pages goes on, whatever the counter says.
    this.#more ||= revision !== this.#cursor.revision;
    while (this.#more) {
      const rows = await readPage(this.#knex, this.#cursor);
      const changes = rows.map(row => this.#apply(row));
      const last = rows.at(-1);
      this.#more = rows.length === pageSize;
      this.#generation += last ? 1 : 0;
      // The last revision may have no rows any more; everything up to the counter was there when it was read.
      this.#cursor =
        last && (this.#more || last.revision >= revision)
          ? { revision: last.revision, id: last.id }
          : { revision, id: lastId };
      for (const listener of this.#listeners) {
        listener(changes, this.#more);
      }
      // Others get their turn between pages.
      await setImmediate();
    }
  }

  #apply(row: EntityRow): EntityChange {
    const before = this.#entities.get(row.id);
    const after = row.gone_at === null ? toDirectoryEntity(row) : undefined;
    if (after) {
      this.#entities.set(row.id, after);
    } else {
      this.#entities.delete(row.id);
    }
    return { before, after };
  }
}

async function readPage(
  knex: Knex,
  from: { revision: number; id: number },
): Promise<EntityRow[]> {
  return knex('entities')
    .select(mirroredColumns)
    .where('revision', '>', from.revision)
    .orWhere(row =>
      row.where('revision', from.revision).andWhere('id', '>', from.id),
    )
    .orderBy(['revision', 'id'])
    .limit(pageSize);
}
