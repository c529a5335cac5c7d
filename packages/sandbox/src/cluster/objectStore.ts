import type { ChangeEvent, History } from './history';
import { createChangeQueue } from './changeQueue';
import type { ClusterStore, DeleteOptions } from './clusterStore';
import { collectGarbage, startDeletion } from './deletion';
import { createHistory } from './history';
import { cloneJson, equalJson } from './json';
import { formatTime, groupOf, keyOf, kindKey, nameKey } from './keys';
import { hasGeneration, isReleased, mergeUpdate } from './objectMeta';
import { createObjectTable } from './objectTable';
import type { Random } from './random';
import { createRandom } from './random';
import type { ResourceRegistry } from './resourceRegistry';
import { createResourceRegistry } from './resourceRegistry';
import {
  alreadyExists,
  conflict,
  expired,
  invalid,
  notFound,
  StatusError,
} from './statusError';
import type {
  Clock,
  KubernetesObject,
  ObjectKey,
  ResourceType,
  StoreEvent,
} from './types';

export interface ObjectStoreOptions {
  clock: Clock;
  /** Decides uids and generated names. */
  seed: string | number;
  resources: ResourceRegistry | readonly ResourceType[];
  /** How many changes of each kind a watch may go back; 1,000 by default. */
  history?: number;
}

const NAME_TRIES = 8;

class MemoryObjectStore implements ClusterStore {
  private readonly table = createObjectTable();
  private readonly histories = new Map<string, History>();
  private readonly changes = createChangeQueue<ChangeEvent>();
  private readonly random: Random;
  private readonly start: number;
  private version: number;

  constructor(
    private readonly clock: Clock,
    private readonly resources: ResourceRegistry,
    private readonly options: { seed: string | number; history: number },
  ) {
    this.random = createRandom(options.seed);
    // Tenths of a second: a store that is made anew after a restart goes on above every version that it gave out before,
    // so a client that comes back with an old one is told 410, as by a real cluster restored from a backup.
    this.start = Math.floor(clock.now() / 100);
    this.version = this.start;
  }

  resourceVersion(): number {
    return this.version;
  }

  get(key: ObjectKey): KubernetesObject | undefined {
    return cloneJson(this.table.get(key));
  }

  list(group: string, kind: string, namespace?: string): KubernetesObject[] {
    return this.peekAll(group, kind, namespace).map(cloneJson);
  }

  peek(key: ObjectKey): KubernetesObject | undefined {
    return this.table.get(key);
  }

  peekAll(group: string, kind: string, namespace?: string): KubernetesObject[] {
    const found: [string, KubernetesObject][] = [];
    for (const object of this.table.list(group, kind)) {
      if (!namespace || object.metadata.namespace === namespace) {
        found.push([nameKey(object.metadata), object]);
      }
    }
    found.sort(([left], [right]) => (left < right ? -1 : 1));
    return found.map(([, object]) => object);
  }

  create(
    object: KubernetesObject,
    options: { dryRun?: boolean } = {},
  ): KubernetesObject {
    const type = this.typeOf(object);
    const next = cloneJson(object);
    if (!type.namespaced) delete next.metadata.namespace;
    next.metadata.name = this.nameFor(next, type);
    const key = keyOf(next);
    if (this.table.get(key)) throw alreadyExists(type, key.name);
    next.metadata.uid ??= this.random.uuid();
    next.metadata.creationTimestamp ??= formatTime(this.clock.now());
    if (hasGeneration(next)) next.metadata.generation ??= 1;
    if (options.dryRun) return next;
    this.store('ADDED', next);
    return cloneJson(next);
  }

  update(
    object: KubernetesObject,
    options: { status?: boolean; dryRun?: boolean } = {},
  ): KubernetesObject {
    const type = this.typeOf(object);
    const key = keyOf(object);
    if (!type.namespaced) delete key.namespace;
    const existing = this.table.get(key);
    if (!existing) throw notFound(type, key.name);
    this.checkPreconditions(existing, object.metadata);
    const next = cloneJson(
      mergeUpdate({
        existing,
        incoming: object,
        type,
        status: options.status === true,
      }),
    );
    if (equalJson(next, existing) || options.dryRun) return next;
    if (isReleased(next)) {
      this.remove(next);
    } else {
      this.store('MODIFIED', next);
    }
    return cloneJson(next);
  }

  modify(
    key: ObjectKey,
    change: (object: KubernetesObject) => void,
    options: { status?: boolean } = {},
  ): void {
    const object = this.get(key);
    if (!object) return;
    change(object);
    this.update(object, options);
  }

  delete(key: ObjectKey, options: DeleteOptions = {}): void {
    const type = this.resources.byKind(key.group, key.kind);
    const existing = this.table.get(key);
    if (!existing) {
      throw notFound(
        type ?? { group: key.group, plural: key.kind.toLowerCase() },
        key.name,
      );
    }
    this.checkPreconditions(existing, options.preconditions ?? {});
    if (options.dryRun) return;
    startDeletion({
      object: existing,
      options,
      now: this.clock.now(),
      target: this.deletionTarget,
    });
  }

  subscribe(listener: (event: StoreEvent) => void): () => void {
    return this.changes.subscribe(({ type, object }) =>
      listener({ type, object: cloneJson(object) }),
    );
  }

  onChange(listener: (event: ChangeEvent) => void): () => void {
    return this.changes.subscribe(listener);
  }

  changesAfter(
    { group, kind }: { group: string; kind: string },
    resourceVersion: number,
  ): ChangeEvent[] {
    const history = this.historyOf(kindKey(group, kind));
    const changes = history.after(resourceVersion);
    if (changes) return changes;
    throw expired(
      `too old resource version: ${resourceVersion} (${history.oldest()})`,
    );
  }

  private readonly deletionTarget = {
    replace: (object: KubernetesObject) => this.store('MODIFIED', object),
    remove: (object: KubernetesObject) => this.remove(object),
    delete: (object: KubernetesObject) => {
      // A listener or an earlier dependent may have taken it away meanwhile.
      const key = keyOf(object);
      if (this.table.get(key)) this.delete(key);
    },
    dependents: (uid: string) => this.table.dependents(uid),
    byUid: (uid: string) => this.table.byUid(uid),
    inNamespace: (namespace: string) => {
      const found: KubernetesObject[] = [];
      for (const [, objects] of this.table.kinds()) {
        for (const object of objects) {
          if (object.metadata.namespace === namespace) found.push(object);
        }
      }
      return found;
    },
    namespace: (name: string) =>
      this.table.get({ group: '', kind: 'Namespace', name }),
  };

  private typeOf(object: KubernetesObject): ResourceType {
    const group = groupOf(object.apiVersion);
    const type = this.resources.byKind(group, object.kind);
    if (type) return type;
    throw new StatusError({
      code: 404,
      reason: 'NotFound',
      message: `no matches for kind "${object.kind}" in version "${object.apiVersion}"`,
    });
  }

  private nameFor(object: KubernetesObject, type: ResourceType): string {
    const { name, generateName } = object.metadata;
    if (name) return name;
    if (!generateName) {
      throw invalid({
        group: type.group,
        kind: type.kind,
        name: '',
        causes: [
          {
            reason: 'FieldValueRequired',
            message: 'Required value: name or generateName is required',
            field: 'metadata.name',
          },
        ],
      });
    }
    // Five characters are seldom taken; the API server, too, tries eight times.
    let candidate = generateName;
    for (let attempt = 0; attempt < NAME_TRIES; attempt++) {
      candidate = `${generateName.slice(0, 58)}${this.random.suffix(5)}`;
      const key = keyOf(object);
      if (!this.table.get({ ...key, name: candidate })) return candidate;
    }
    throw alreadyExists(type, candidate);
  }

  private checkPreconditions(
    existing: KubernetesObject,
    wanted: { uid?: string; resourceVersion?: string },
  ): void {
    const { uid, resourceVersion, name } = existing.metadata;
    const type = this.typeOf(existing);
    if (wanted.uid && wanted.uid !== uid) {
      throw conflict(
        type,
        name,
        `Precondition failed: UID in precondition: ${wanted.uid}, UID in object meta: ${uid}`,
      );
    }
    if (wanted.resourceVersion && wanted.resourceVersion !== resourceVersion) {
      throw conflict(type, name);
    }
  }

  private store(type: 'ADDED' | 'MODIFIED', object: KubernetesObject): void {
    const previous = this.table.get(keyOf(object));
    object.metadata.resourceVersion = String(++this.version);
    this.table.put(object);
    this.record({ type, object, previous, resourceVersion: this.version });
  }

  private remove(object: KubernetesObject): void {
    const previous = this.table.get(keyOf(object)) ?? object;
    const last = cloneJson(object);
    last.metadata.resourceVersion = String(++this.version);
    this.table.remove(previous);
    this.record({
      type: 'DELETED',
      object: last,
      previous,
      resourceVersion: this.version,
    });
    collectGarbage(last, this.deletionTarget);
  }

  private record(event: ChangeEvent): void {
    const { group, kind } = keyOf(event.object);
    this.historyOf(kindKey(group, kind)).push(event);
    this.changes.emit(event);
  }

  private historyOf(kind: string): History {
    let history = this.histories.get(kind);
    if (!history) {
      const { start } = this;
      history = createHistory({ limit: this.options.history, start });
      this.histories.set(kind, history);
    }
    return history;
  }
}

/** A store with a resource version that starts at the clock's time and rises by one with each change. */
export function createObjectStore(options: ObjectStoreOptions): ClusterStore {
  const { clock, seed, resources, history = 1000 } = options;
  const registry =
    'byKind' in resources ? resources : createResourceRegistry(resources);
  return new MemoryObjectStore(clock, registry, { seed, history });
}
