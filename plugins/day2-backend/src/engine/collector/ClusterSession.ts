import { KindName } from '@day2ops/backstage-plugin-day2-node';
import { StoredItem } from '../../model/types';
import { BatchWriter } from './BatchWriter';
import { ItemPipeline } from './ItemPipeline';
import { KindSupervisor } from './KindSupervisor';
import { CollectorOptions } from './types';

/** Everything that is known of one cluster as long as it is the same cluster. */
export class ClusterSession {
  readonly uid: string;
  readonly kinds: KindSupervisor;
  readonly items: ItemPipeline;
  readonly #writer: BatchWriter;
  readonly #onWork: () => void;
  readonly #stopped = new AbortController();
  readonly #unsubscribe: () => void;
  #recorrelating: Promise<void> = Promise.resolve();

  constructor(options: {
    collector: CollectorOptions;
    uid: string;
    stored: readonly StoredItem[];
    writer: BatchWriter;
    /** Something waits to be judged or written. */
    onWork(): void;
    /** The state of a kind changed. */
    onKindState(): void;
  }) {
    const { collector, uid, stored, writer, onWork } = options;
    this.uid = uid;
    this.#writer = writer;
    this.#onWork = onWork;
    this.kinds = new KindSupervisor({
      collector,
      onState: kind => {
        this.#settle(kind);
        options.onKindState();
      },
    });
    this.items = new ItemPipeline({
      collector,
      clusterUid: uid,
      writer,
      stored,
      readability: kind => this.kinds.readability(kind),
      onDirty: onWork,
    });
    this.#unsubscribe = collector.correlator.subscribe(({ mayAffect }) => {
      this.#recorrelating = this.#recorrelating.then(() =>
        this.items.recorrelate(mayAffect, this.#stopped.signal),
      );
    });
  }

  start(): void {
    this.items.removeUnwatched();
    this.kinds.start(this.items.store);
    this.writeKindStates();
  }

  /** Ends every watch; what is known stays, so that it can be flushed. */
  async stop(): Promise<void> {
    this.#unsubscribe();
    this.#stopped.abort();
    await Promise.all([this.kinds.stop(), this.#recorrelating]);
  }

  writeKindStates(): void {
    for (const { write } of this.kinds.states()) {
      this.#writer.kindState(write);
    }
    this.#onWork();
  }

  #settle(kind: KindName): void {
    if (this.kinds.readability(kind) !== 'pending') {
      this.items.settled(kind);
    }
  }
}
