import {
  ClusterWrite,
  KindStateWrite,
  Lease,
  ScopeBatch,
  ScopeStore,
  StoredItem,
  Transition,
} from '../../model/types';

/** A store in memory, without fences unless it is told to fail. */
export class MemoryScopeStore implements ScopeStore {
  batchSize = 500;
  readonly items = new Map<string, ScopeBatch['items'][number]>();
  readonly transitions: Transition[] = [];
  readonly kindStates = new Map<string, KindStateWrite>();
  readonly batches: ScopeBatch[] = [];
  readonly contacts: (readonly string[])[] = [];
  readonly seals: string[] = [];
  cluster: ClusterWrite | undefined;
  failure: Error | undefined;
  #revision = 0;

  async load(): Promise<StoredItem[]> {
    this.#check();
    return [...this.items.values()].map(({ item, history, digest }) => ({
      id: item.id,
      kind: item.kind,
      group: item.group,
      verdict: item.verdict,
      revision: item.revision,
      digest,
      ...history,
    }));
  }

  async write(_: Lease, batch: ScopeBatch) {
    this.#check();
    this.batches.push(batch);
    for (const write of batch.items) {
      this.items.set(write.item.id, write);
    }
    for (const id of batch.removed) {
      this.items.delete(id);
    }
    for (const state of batch.kindStates) {
      this.kindStates.set(state.kind, state);
    }
    this.transitions.push(...batch.transitions);
    this.cluster = batch.cluster ?? this.cluster;
    this.#revision += 1;
    return { revision: this.#revision, entityRefs: [] };
  }

  async contact(_: Lease, kinds: readonly string[]) {
    this.#check();
    this.contacts.push(kinds);
  }

  async seal(_: Lease, uid: string) {
    this.#check();
    this.seals.push(uid);
    for (const [id, { item }] of this.items) {
      if (item.clusterUid !== uid) {
        this.items.delete(id);
      }
    }
  }

  /** `name health/reason` of each item, sorted. */
  summary(): string[] {
    return [...this.items.values()]
      .map(
        ({ item }) =>
          `${item.name} ${item.verdict.health}/${item.verdict.reason}`,
      )
      .sort();
  }

  #check() {
    if (this.failure) {
      throw this.failure;
    }
  }
}
