import { KindState } from '@day2ops/backstage-plugin-day2-common';
import { isError } from '@backstage/errors';
import { KindName, KindReadability } from '@day2ops/backstage-plugin-day2-node';
import { Discovery } from '../discovery/Discovery';
import { placementOf } from '../discovery/placementOf';
import { servedKey, ServedKinds } from '../discovery/types';
import { KeptRecord, KindTable } from '../records/KindTable';
import { RecordStore } from '../records/RecordStore';
import { Reflector } from '../reflector/Reflector';
import { TokenBucket } from '../reflector/TokenBucket';
import { ReflectorStatus } from '../reflector/types';
import { KindStateWrite } from '../../model/types';
import { CollectorOptions } from './types';

const discoveryMs = 30_000;
const discoveryRetryMs = 5_000;

interface Watched {
  table: KindTable;
  source: string;
  path: string | undefined;
  reflector: Reflector<KeptRecord> | undefined;
  status: ReflectorStatus;
}

/** One reflector for each kind that the cluster serves, and the state of each. */
export class KindSupervisor {
  readonly #collector: CollectorOptions;
  readonly #discovery: Discovery;
  readonly #tokens: TokenBucket;
  readonly #kinds = new Map<KindName, Watched>();
  readonly #stopped = new AbortController();
  readonly #onState: (kind: KindName) => void;
  #wake = new AbortController();
  #paused: string | undefined;
  #running: Promise<void> | undefined;

  constructor(options: {
    collector: CollectorOptions;
    /** After the state of a kind changed. */
    onState(kind: KindName): void;
  }) {
    const { collector, onState } = options;
    const { clock, gateway, cluster, sources } = collector;
    const definitions = sources.flatMap(({ source }) => source.kinds);
    this.#collector = collector;
    this.#onState = onState;
    this.#tokens = new TokenBucket({
      clock,
      intervalMs: 1000,
      burst: definitions.length,
    });
    this.#discovery = new Discovery({
      gateway,
      cluster,
      clock,
      groups: definitions.map(({ group }) => group),
    });
  }

  start(store: RecordStore): void {
    const { clock, sources } = this.#collector;
    for (const { source } of sources) {
      for (const definition of source.kinds) {
        const table = [...store.tables()].find(
          each => each.definition === definition,
        );
        if (table) {
          this.#kinds.set(table.kind, {
            table,
            source: source.id,
            path: undefined,
            reflector: undefined,
            status: plainStatus('init', clock.now()),
          });
        }
      }
    }
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#wake.abort();
    await Promise.all([
      this.#running,
      ...[...this.#kinds.values()].map(({ reflector }) => reflector?.stop()),
    ]);
  }

  readability(kind: KindName): KindReadability {
    const readabilities = {
      synced: 'synced',
      forbidden: 'forbidden',
      absent: 'absent',
      unsupported: 'absent',
      init: 'pending',
      listing: 'pending',
      backoff: 'pending',
    } as const;
    const state = this.#kinds.get(kind)?.status.state;
    return state ? readabilities[state] : 'absent';
  }

  /**
   * Kinds of which everything is heard: their watch is open and has told everything, and so are the watches of the kinds
   * that they are judged by, unless those cannot be read, which the verdicts say.
   */
  live(): KindName[] {
    const live = [...this.#kinds.values()]
      .filter(({ reflector }) => reflector?.isLive)
      .map(({ table }) => table);
    const heard = new Set(live.map(({ kind }) => kind));
    const outOfReach = (kind: KindName) =>
      ['absent', 'forbidden'].includes(this.readability(kind));
    return live
      .filter(({ definition: { needs = [] } }) =>
        needs.every(kind => heard.has(kind) || outOfReach(kind)),
      )
      .map(({ kind }) => kind);
  }

  states(): { kind: KindName; write: KindStateWrite }[] {
    return [...this.#kinds].map(([kind, watched]) => {
      const { table, source, status } = watched;
      const { group } = table.definition;
      return {
        kind,
        write: {
          source,
          group,
          kind: table.definition.kind,
          state: status.state,
          since: status.since,
          objects: table.size,
          quarantined: table.quarantined + status.unreadable,
          message: status.message,
        },
      };
    });
  }

  pause(message: string): void {
    this.#paused = message;
    for (const { reflector } of this.#kinds.values()) {
      reflector?.pause(message);
    }
  }

  resume(): void {
    this.#paused = undefined;
    for (const { reflector } of this.#kinds.values()) {
      reflector?.resume();
    }
    this.#wake.abort();
  }

  async #run(): Promise<void> {
    const { clock } = this.#collector;
    while (!this.#stopped.signal.aborted) {
      this.#wake = new AbortController();
      const { signal } = this.#wake;
      const succeeded = this.#paused === undefined && (await this.#look());
      try {
        await clock.delay(succeeded ? discoveryMs : discoveryRetryMs, signal);
      } catch {
        // Stopped, or the cluster is back.
      }
    }
  }

  async #look(): Promise<boolean> {
    const { signal } = this.#stopped;
    try {
      const served = await this.#discovery.read(signal);
      signal.throwIfAborted();
      for (const watched of this.#kinds.values()) {
        await this.#place(watched, served);
      }
      return true;
    } catch (error) {
      if (!signal.aborted) {
        this.#explain(isError(error) ? error.message : 'no discovery');
      }
      return false;
    }
  }

  /** Kinds that are not watched yet cannot be while nothing is known of what is served. */
  #explain(message: string): void {
    const { clock } = this.#collector;
    for (const watched of this.#kinds.values()) {
      if (!watched.reflector && watched.status.state === 'init') {
        this.#set(watched, plainStatus('init', clock.now(), message));
      }
    }
  }

  async #place(watched: Watched, served: ServedKinds): Promise<void> {
    const { clock } = this.#collector;
    const { table, path, reflector } = watched;
    const all = served.get(servedKey(table.definition)) ?? [];
    if (reflector && all.some(kind => kind.stale)) {
      return;
    }
    const placement = placementOf(table.definition, served);
    if (placement.state === 'served') {
      if (path !== placement.path) {
        await this.#drop(watched);
        this.#watch(watched, placement.path);
      } else if (reflector?.status.state === 'absent') {
        reflector.recheck();
      }
      return;
    }
    await this.#drop(watched);
    const isGone = placement.state === 'absent';
    const message = isGone ? undefined : placement.message;
    this.#set(watched, plainStatus(placement.state, clock.now(), message));
    if (isGone) {
      table.clear({ late: false });
    }
  }

  async #drop(watched: Watched): Promise<void> {
    const { reflector } = watched;
    watched.reflector = undefined;
    watched.path = undefined;
    await reflector?.stop();
  }

  #watch(watched: Watched, path: string): void {
    const { gateway, cluster, clock, random, metrics } = this.#collector;
    const { table } = watched;
    const reflector = new Reflector<KeptRecord>({
      gateway,
      cluster,
      path,
      handler: table,
      clock,
      random,
      tokens: this.#tokens,
      onStatus: status => this.#set(watched, status),
      onEvent: type =>
        metrics.watchEvents.inc({ cluster, kind: table.kind, type }),
      onList: outcome =>
        metrics.lists.inc({ cluster, kind: table.kind, outcome }),
    });
    watched.path = path;
    watched.reflector = reflector;
    if (this.#paused !== undefined) {
      reflector.pause(this.#paused);
    }
    reflector.start();
  }

  #set(watched: Watched, status: ReflectorStatus): void {
    const before = watched.status;
    const same =
      before.state === status.state && before.message === status.message;
    if (!same) {
      watched.status = {
        ...status,
        since: before.state === status.state ? before.since : status.since,
      };
      this.#onState(watched.table.kind);
    }
  }
}

function plainStatus(
  state: KindState,
  now: number,
  message?: string,
): ReflectorStatus {
  return {
    state,
    since: now,
    message,
    nextAttemptAt: undefined,
    unreadable: 0,
  };
}
