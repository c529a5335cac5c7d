import { isDeepStrictEqual } from 'node:util';
import { ObjectHead, ObjectRecord } from '@day2ops/backstage-plugin-day2-node';
import { Interner } from './Interner';

/** What the objects of one owner have in common. */
type SharedHead = Omit<ObjectHead, 'name' | 'uid' | 'createdAt' | 'generation'>;

/**
 * A record in little memory, since there are many: what is the same for many objects is kept once, and the head is put
 * together when somebody asks for it.
 */
export class PackedRecord implements ObjectRecord {
  readonly fields: unknown;
  version: number | undefined;
  private shared: SharedHead;
  private readonly name: string;
  private readonly uid: string;
  /** In seconds, which Kubernetes counts in, because a small integer needs no memory of its own. */
  private readonly createdSeconds: number | undefined;
  private readonly generation: number | undefined;

  constructor(options: {
    head: ObjectHead;
    fields: unknown;
    version: number | undefined;
    interner: Interner;
  }) {
    const { name, uid, createdAt, generation, ...shared } = options.head;
    this.fields = options.fields;
    this.version = options.version;
    this.shared = options.interner.value(shared);
    this.name = name;
    this.uid = uid;
    this.createdSeconds =
      createdAt === undefined ? undefined : createdAt / 1000;
    this.generation = generation;
  }

  /** Takes over what an older record of the same object shares with others already. */
  shareWith(older: PackedRecord): void {
    if (isDeepStrictEqual(older.shared, this.shared)) {
      this.shared = older.shared;
    }
  }

  get head(): ObjectHead {
    const { shared, name, uid, createdSeconds, generation } = this;
    return {
      ...shared,
      name,
      uid,
      createdAt:
        createdSeconds === undefined ? undefined : createdSeconds * 1000,
      generation,
    };
  }
}
