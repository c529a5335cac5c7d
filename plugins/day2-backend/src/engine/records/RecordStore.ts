import {
  KindDefinition,
  kindName,
  KindName,
  KindReadability,
  ObjectRecord,
  RecordLookup,
} from '@day2ops/backstage-plugin-day2-node';
import { Interner } from './Interner';
import { KindTable, RecordChange } from './KindTable';

/** Everything that is kept of one cluster, as rules look it up. Fields have the type that their kind's `prune` gives. */
export class RecordStore implements RecordLookup {
  readonly #tables = new Map<KindName, KindTable>();
  readonly #readability: (kind: KindName) => KindReadability;

  constructor(options: {
    definitions: readonly KindDefinition[];
    onChange(change: RecordChange): void;
    readability(kind: KindName): KindReadability;
  }) {
    const interner = new Interner();
    this.#readability = options.readability;
    for (const definition of options.definitions) {
      this.#tables.set(
        kindName(definition),
        new KindTable({ definition, interner, onChange: options.onChange }),
      );
    }
  }

  tables(): Iterable<KindTable> {
    return this.#tables.values();
  }

  table(kind: KindName): KindTable | undefined {
    return this.#tables.get(kind);
  }

  /** The table and record of a UID, whatever its kind. */
  find(uid: string): { table: KindTable; record: ObjectRecord } | undefined {
    for (const table of this.#tables.values()) {
      const record = table.get(uid);
      if (record) {
        return { table, record };
      }
    }
    return undefined;
  }

  get<F>(kind: KindName, namespace: string | undefined, name: string) {
    return this.#tables.get(kind)?.named(namespace, name) as
      | ObjectRecord<F>
      | undefined;
  }

  byUid<F>(uid: string) {
    return this.find(uid)?.record as ObjectRecord<F> | undefined;
  }

  ownedBy<F>(kind: KindName, uid: string) {
    const owned = this.#tables.get(kind)?.ownedBy(uid) ?? [];
    return [...owned] as ObjectRecord<F>[];
  }

  inNamespace<F>(kind: KindName, namespace: string | undefined) {
    const found = this.#tables.get(kind)?.inNamespace(namespace) ?? [];
    return found as Iterable<ObjectRecord<F>>;
  }

  all<F>(kind: KindName) {
    return (this.#tables.get(kind)?.all() ?? []) as Iterable<ObjectRecord<F>>;
  }

  /** Whether everything that a rule of this kind looks at is known, or known to be out of reach. */
  isJudgeable(table: KindTable): boolean {
    const { needs = [] } = table.definition;
    return (
      this.readability(table.kind) === 'synced' &&
      needs.every(kind => this.readability(kind) !== 'pending')
    );
  }

  readability(kind: KindName): KindReadability {
    return this.#tables.has(kind) ? this.#readability(kind) : 'absent';
  }
}
