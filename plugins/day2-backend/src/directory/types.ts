/** A catalog entity as the directory keeps it in memory. Labels and annotations are untrusted. */
export interface DirectoryEntity {
  /** Key of `entities`. */
  id: number;
  /** In lower case. */
  ref: string;
  kind: string;
  namespace: string;
  name: string;
  isService: boolean;
  /** Targets of `ownedBy`, as the catalog writes them. */
  ownerRefs: readonly string[];
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  /** Not all labels and annotations fitted: what is not here may exist. */
  truncated: boolean;
}

/** One entity that came, went or changed. */
export interface EntityChange {
  before: DirectoryEntity | undefined;
  after: DirectoryEntity | undefined;
}

/**
 * Told page by page what changed.
 *
 * @param more - the next page follows soon: what is dear can wait for it
 */
export type EntityListener = (
  changes: readonly EntityChange[],
  more: boolean,
) => void;

/** Catalog entities in memory, read from `entities` by revision; the same on every replica within seconds. */
export interface EntityMirror {
  /**
   * Reads everything, in slices, and then what changes every two seconds; resolves after the first attempt. A database
   * that cannot be read is tried again.
   */
  start(): Promise<void>;
  stop(): void;
  /** Resolves when everything was read once. */
  ready(): Promise<void>;
  isReady(): boolean;
  /** Reads now what changed, for who has just written. */
  refresh(): Promise<void>;
  /** Rises with every change; this process' own count. */
  generation(): number;
  entities(): IterableIterator<DirectoryEntity>;
  /** Returns how to stop. Listeners must not throw. */
  subscribe(listener: EntityListener): () => void;
}
