import {
  kindName,
  KindName,
  KindReadability,
  ObjectRecord,
} from '@day2ops/backstage-plugin-day2-node';
import { Clock } from '../../model/time';
import { CorrelationTarget, JudgedItem, StoredItem } from '../../model/types';
import { KindTable, RecordChange } from '../records/KindTable';
import { RecordStore } from '../records/RecordStore';
import { Slicer } from '../time/Slicer';
import { affectedBy } from './affectedBy';
import { BatchWriter } from './BatchWriter';
import { Dirty, DirtySet } from './DirtySet';
import { DueHeap } from './DueHeap';
import { itemId } from './itemId';
import { ItemJudge } from './ItemJudge';
import { CollectorOptions } from './types';

/** How long an object may wait for the kinds that its rule needs before it is said that nothing is known of it. */
const neverSyncedGraceMs = 10_000;

/** From changes of objects to items for the store: what to judge, when, and what became of it. */
export class ItemPipeline {
  readonly store: RecordStore;
  readonly #options: CollectorOptions;
  readonly #clock: Clock;
  readonly #clusterUid: string;
  readonly #writer: BatchWriter;
  readonly #judge: ItemJudge;
  readonly #dirty: DirtySet;
  readonly #due = new DueHeap();
  readonly #stored: Map<string, StoredItem>;
  /** Kinds with a past: what is new of them is a transition. */
  readonly #knownKinds: Set<KindName>;
  readonly #waiting = new Set<string>();
  /** Objects that are items, by UID, as their links were last found from them. */
  readonly #items = new Map<string, CorrelationTarget | undefined>();
  readonly #onDirty: () => void;

  constructor(options: {
    collector: CollectorOptions;
    clusterUid: string;
    writer: BatchWriter;
    stored: readonly StoredItem[];
    readability(kind: KindName): KindReadability;
    onDirty(): void;
  }) {
    const { collector, clusterUid, writer, stored } = options;
    this.#options = collector;
    this.#clock = collector.clock;
    this.#dirty = new DirtySet(() => collector.clock.now());
    this.#clusterUid = clusterUid;
    this.#writer = writer;
    this.#onDirty = options.onDirty;
    this.#stored = new Map(stored.map(item => [item.id, item]));
    this.#knownKinds = new Set(stored.map(kindName));
    this.store = new RecordStore({
      definitions: collector.sources.flatMap(({ source }) => source.kinds),
      readability: options.readability,
      onChange: change => this.#changed(change),
    });
    this.#judge = new ItemJudge({ collector, clusterUid, store: this.store });
  }

  get hasWork(): boolean {
    return this.#dirty.size > 0;
  }

  /** When something must be judged again although nothing changes. */
  get nextDueAt(): number | undefined {
    return this.#due.next();
  }

  /** Everything of the kind is known now, or it is known that nothing can be: judges what waited for it. */
  settled(kind: KindName): void {
    for (const table of this.store.tables()) {
      const { needs = [], area } = table.definition;
      if (area && (table.kind === kind || needs.includes(kind))) {
        for (const uid of table.uids()) {
          this.#dirty.mark(uid, { late: true });
        }
      }
    }
    this.#onDirty();
    const readability = this.store.readability(kind);
    if (readability === 'synced' || readability === 'absent') {
      this.#removeVanished(kind);
    }
  }

  /** Drops items of kinds that no source has any more. */
  removeUnwatched(): void {
    for (const stored of [...this.#stored.values()]) {
      if (!this.store.table(kindName(stored))) {
        this.#remove(stored.id, undefined);
      }
    }
  }

  /** Asks again whose the items are that a change of entities may concern. */
  async recorrelate(
    mayAffect: (target: CorrelationTarget) => boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const slicer = new Slicer();
    // What is added meanwhile is joined as the entities are now.
    for (const [uid, target] of this.#items) {
      if (target && mayAffect(target)) {
        this.#mark(uid, { late: false });
      }
      if (slicer.due()) {
        await slicer.yield();
        if (signal.aborted) {
          return;
        }
      }
    }
  }

  /** Judges everything that is due or changed, in slices. */
  async process(signal: AbortSignal): Promise<void> {
    const slicer = new Slicer();
    for (const uid of this.#due.take(this.#clock.now())) {
      this.#mark(uid, { late: false });
    }
    const settledKinds = [...this.store.tables()]
      .filter(table => this.store.isJudgeable(table))
      .map(table => table.kind);
    for (const uid of this.#dirty.uids()) {
      const dirty = this.#dirty.take(uid);
      if (dirty) {
        this.#processOne(uid, dirty);
      }
      await slicer.pause();
      if (signal.aborted) {
        return;
      }
    }
    for (const kind of settledKinds) {
      this.#knownKinds.add(kind);
    }
  }

  #changed(change: RecordChange): void {
    for (const uid of affectedBy(change, this.store)) {
      this.#mark(uid, { late: change.late });
    }
    const { before, after } = change;
    if (before && !after) {
      const { group, kind } = before.head;
      this.#mark(before.head.uid, {
        late: change.late,
        gone: { group, kind },
      });
    }
  }

  #mark(uid: string, how: Partial<Dirty>): void {
    this.#dirty.mark(uid, how);
    this.#onDirty();
  }

  #processOne(uid: string, dirty: Dirty): void {
    const found = this.store.find(uid);
    if (found) {
      this.#judgeOne({ ...found, dirty });
    } else if (dirty.gone) {
      this.#due.set(uid, undefined);
      this.#waiting.delete(uid);
      this.#items.delete(uid);
      this.#remove(this.#idOf({ ...dirty.gone, uid }), dirty);
    }
  }

  #judgeOne(options: {
    table: KindTable;
    record: ObjectRecord;
    dirty: Dirty;
  }): void {
    const { table, record } = options;
    const { definition } = table;
    if (!definition.area) {
      return;
    }
    const { uid } = record.head;
    const id = () => this.#idOf({ ...definition, uid });
    if (!this.#judge.isItem(table, record)) {
      if (this.#items.delete(uid)) {
        this.#due.set(uid, undefined);
        this.#remove(id(), undefined);
      }
      return;
    }
    this.#items.set(uid, this.#items.get(uid));
    this.#judgeItem({ ...options, id: id() });
  }

  #judgeItem(options: {
    id: string;
    table: KindTable;
    record: ObjectRecord;
    dirty: Dirty;
  }): void {
    const { id, table, record, dirty } = options;
    const { uid } = record.head;
    const previous = this.#stored.get(id);
    if (!this.store.isJudgeable(table)) {
      this.#wait({ ...options, previous });
      return;
    }
    this.#waiting.delete(uid);
    const { item, target, dueAt } = this.#judge.judge({ id, table, record });
    this.#items.set(uid, target);
    this.#record({ item, dueAt, previous, dirty, kind: table.kind });
  }

  /** The kinds that the rule needs are not all there: what is stored stands; of what is not, nothing is known. */
  #wait(options: {
    id: string;
    table: KindTable;
    record: ObjectRecord;
    dirty: Dirty;
    previous: StoredItem | undefined;
  }): void {
    const { id, table, record, dirty, previous } = options;
    const { uid } = record.head;
    if (previous || this.store.readability(table.kind) !== 'synced') {
      return;
    }
    if (!this.#waiting.has(uid)) {
      this.#waiting.add(uid);
      this.#due.set(uid, this.#clock.now() + neverSyncedGraceMs);
      return;
    }
    const { item, target } = this.#judge.neverSynced({ id, table, record });
    this.#items.set(uid, target);
    this.#record({
      item,
      dueAt: undefined,
      previous,
      dirty: { ...dirty, late: true },
      kind: table.kind,
    });
  }

  #record(options: {
    item: JudgedItem;
    dueAt: number | undefined;
    previous: StoredItem | undefined;
    dirty: Dirty;
    kind: KindName;
  }): void {
    const { item, dueAt, dirty, kind } = options;
    const wasKnown = options.previous?.verdict.reason !== 'NeverSynced';
    const previous = wasKnown ? options.previous : undefined;
    const isFirst = options.previous !== undefined && !wasKnown;
    const baseline = isFirst || (dirty.late && !this.#knownKinds.has(kind));
    const tracked = this.#options.rules.track({
      previous,
      judged: item,
      now: this.#clock.now(),
      baseline,
      late: dirty.late && !baseline,
      holdMs: this.#options.holdMs,
    });
    const dueTimes = [dueAt, tracked.dueAt].filter(at => at !== undefined);
    this.#due.set(
      item.uid,
      dueTimes.length > 0 ? Math.min(...dueTimes) : undefined,
    );
    if (!tracked.changed) {
      return;
    }
    const { id, group, verdict, revision } = item;
    const { history, digest } = tracked;
    this.#stored.set(id, {
      id,
      group,
      kind: item.kind,
      verdict,
      revision,
      digest,
      ...history,
    });
    this.#writer.item({ item, tracked, changedAt: dirty.changedAt });
  }

  #remove(id: string, dirty: Pick<Dirty, 'late'> | undefined): void {
    const previous = this.#stored.get(id);
    if (!previous) {
      return;
    }
    this.#stored.delete(id);
    const now = this.#clock.now();
    const transitions = dirty
      ? [this.#options.rules.trackRemoval({ previous, now, late: dirty.late })]
      : [];
    this.#writer.removed(id, transitions);
    this.#onDirty();
  }

  #removeVanished(kind: KindName): void {
    const known = [...this.#stored.values()].filter(
      stored => kindName(stored) === kind,
    );
    const table = this.store.table(kind);
    const present = new Set<string>();
    if (table && known.length > 0) {
      for (const record of table.all()) {
        if (this.#judge.isItem(table, record)) {
          const { uid } = record.head;
          present.add(this.#idOf({ ...table.definition, uid }));
        }
      }
    }
    for (const { id } of known) {
      if (!present.has(id)) {
        this.#remove(id, { late: true });
      }
    }
  }

  #idOf(object: { group: string; kind: string; uid: string }): string {
    const { group, kind, uid } = object;
    return itemId({ clusterUid: this.#clusterUid, group, kind, uid });
  }
}
