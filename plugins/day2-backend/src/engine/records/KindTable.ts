import { isDeepStrictEqual } from 'node:util';
import { InputError, isError } from '@backstage/errors';
import {
  KindDefinition,
  kindName,
  KindName,
  ObjectHead,
  ObjectRecord,
  readHead,
  UntrustedObject,
} from '@day2ops/backstage-plugin-day2-node';
import { ReflectorHandler } from '../reflector/ReflectorHandler';
import { versionOf } from '../reflector/resourceVersion';
import { Interner } from './Interner';
import { PackedRecord } from './PackedRecord';

const smallFamily = 64;

/** A record as it is kept: with the version that it was read at. */
export type KeptRecord = PackedRecord;

/** One object changed. `before` is absent for a new one, `after` for one that is gone. */
export interface RecordChange {
  table: KindTable;
  before: ObjectRecord | undefined;
  after: ObjectRecord | undefined;
  /** Found by comparing after a gap, not seen as it happened. */
  late: boolean;
}

/** All records of one kind of one cluster, by UID, by name and by owner. */
export class KindTable implements ReflectorHandler<KeptRecord> {
  readonly definition: KindDefinition;
  readonly kind: KindName;
  readonly #interner: Interner;
  readonly #onChange: (change: RecordChange) => void;
  readonly #byUid = new Map<string, KeptRecord>();
  readonly #byName = new Map<string, Map<string, KeptRecord>>();
  readonly #byOwner = new Map<string, KeptRecord[]>();
  readonly #failures = new Map<string, string>();

  constructor(options: {
    definition: KindDefinition;
    interner: Interner;
    onChange(change: RecordChange): void;
  }) {
    this.definition = options.definition;
    this.kind = kindName(options.definition);
    this.#interner = options.interner;
    this.#onChange = options.onChange;
  }

  get size(): number {
    return this.#byUid.size;
  }

  /** Objects whose content could not be read. */
  get quarantined(): number {
    return this.#failures.size;
  }

  /** Why the object of this UID could not be read. */
  failure(uid: string): string | undefined {
    return this.#failures.get(uid);
  }

  get(uid: string): KeptRecord | undefined {
    return this.#byUid.get(uid);
  }

  named(namespace: string | undefined, name: string): KeptRecord | undefined {
    return this.#byName.get(namespace ?? '')?.get(name);
  }

  ownedBy(uid: string): readonly KeptRecord[] {
    return this.#byOwner.get(uid) ?? [];
  }

  inNamespace(namespace: string | undefined): Iterable<KeptRecord> {
    return this.#byName.get(namespace ?? '')?.values() ?? [];
  }

  all(): Iterable<KeptRecord> {
    return this.#byUid.values();
  }

  uids(): Iterable<string> {
    return this.#byUid.keys();
  }

  read(object: UntrustedObject) {
    const head = this.#readHead(object);
    const metadata = object.metadata as { resourceVersion?: unknown };
    const version = versionOf(metadata.resourceVersion);
    const { namespace, name, uid } = head;
    const { fields, failure } = this.#prune(object);
    const interner = this.#interner;
    const kept = new PackedRecord({ head, fields, version, interner });
    return { uid, namespace, name, version, kept, failure };
  }

  apply(
    { kept, failure }: { kept: KeptRecord; failure: string | undefined },
    { late }: { late: boolean },
  ): void {
    const { head } = kept;
    const before = this.#byUid.get(head.uid);
    const homonym = this.named(head.namespace, head.name);
    if (homonym && homonym !== before) {
      this.remove(homonym.head.uid, { late });
    }
    const failed = this.#failures.get(head.uid);
    if (failure === undefined) {
      this.#failures.delete(head.uid);
    } else {
      this.#failures.set(head.uid, failure);
    }
    const same =
      before !== undefined &&
      failed === failure &&
      isDeepStrictEqual(before.head, head) &&
      isDeepStrictEqual(before.fields, kept.fields);
    if (same) {
      before.version = kept.version;
      return;
    }
    if (before) {
      kept.shareWith(before);
      this.#unindex(before);
    }
    this.#index(kept);
    this.#onChange({ table: this, before, after: kept, late });
  }

  remove(uid: string, { late }: { late: boolean }): void {
    const before = this.#byUid.get(uid);
    if (!before) {
      return;
    }
    this.#unindex(before);
    this.#failures.delete(uid);
    this.#onChange({ table: this, before, after: undefined, late });
  }

  /** Removes everything: the kind is gone from the cluster. */
  clear(options: { late: boolean }): void {
    for (const uid of [...this.#byUid.keys()]) {
      this.remove(uid, options);
    }
  }

  /** A prune that throws leaves an empty record, so that what else is known of the object stays. */
  #prune(object: UntrustedObject): { fields: unknown; failure?: string } {
    try {
      return { fields: this.#compact(this.definition.prune(object)) };
    } catch (error) {
      const failure = isError(error) ? error.message : 'unreadable';
      return { fields: this.definition.prune({}), failure };
    }
  }

  /**
   * The same data in less memory: objects that JSON makes have room for exactly their properties, those that spreads
   * make for many more.
   */
  #compact(fields: unknown): unknown {
    const text = JSON.stringify(fields);
    return text === undefined
      ? undefined
      : this.#interner.value(JSON.parse(text));
  }

  #readHead(object: UntrustedObject): ObjectHead {
    const { definition } = this;
    const { group, kind, versions, area } = definition;
    const head = readHead(object, {
      apiVersion: group ? `${group}/${versions[0]}` : versions[0],
      kind,
      keepLabels: definition.keepLabels?.(object) ?? area !== undefined,
      keepAnnotations: [...(definition.keepAnnotations ?? [])],
    });
    if (!head?.uid) {
      throw new InputError('An object without metadata.uid or metadata.name');
    }
    return head;
  }

  #index(record: KeptRecord): void {
    const { uid, namespace = '', name, owners } = record.head;
    this.#byUid.set(uid, record);
    const names = this.#byName.get(namespace) ?? new Map<string, KeptRecord>();
    this.#byName.set(namespace, names.set(name, record));
    for (const owner of owners) {
      const owned = this.#byOwner.get(owner.uid) ?? [];
      if (owned.length < smallFamily) {
        // Not `push`, which makes room for 16 more.
        this.#byOwner.set(owner.uid, [...owned, record]);
      } else {
        owned.push(record);
      }
    }
  }

  #unindex(record: KeptRecord): void {
    const { uid, namespace = '', name, owners } = record.head;
    this.#byUid.delete(uid);
    const names = this.#byName.get(namespace);
    names?.delete(name);
    if (names?.size === 0) {
      this.#byName.delete(namespace);
    }
    for (const owner of owners) {
      const owned = this.#byOwner.get(owner.uid) ?? [];
      const rest = owned.filter(other => other !== record);
      if (rest.length > 0) {
        this.#byOwner.set(owner.uid, rest);
      } else {
        this.#byOwner.delete(owner.uid);
      }
    }
  }
}
