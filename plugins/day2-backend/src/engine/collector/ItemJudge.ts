import {
  Judgement,
  KindName,
  ObjectRecord,
} from '@day2ops/backstage-plugin-day2-node';
import { CorrelationTarget, JudgedItem } from '../../model/types';
import { KindTable } from '../records/KindTable';
import { RecordStore } from '../records/RecordStore';
import {
  correlationTarget,
  withNamespaceEnvironment,
} from './correlationTarget';
import { CollectorOptions, EngineSource } from './types';

/** An item, and the object as its links were found from it. */
export interface Joined {
  item: JudgedItem;
  target: CorrelationTarget;
}

const noSettings: Readonly<Record<string, unknown>> = Object.freeze({});

/** Makes items of records: the rule's verdict, whose it is, and where. */
export class ItemJudge {
  readonly #collector: CollectorOptions;
  readonly #clusterUid: string;
  readonly #store: RecordStore;
  readonly #sources = new Map<object, EngineSource>();

  constructor(options: {
    collector: CollectorOptions;
    clusterUid: string;
    store: RecordStore;
  }) {
    this.#collector = options.collector;
    this.#clusterUid = options.clusterUid;
    this.#store = options.store;
    for (const engineSource of options.collector.sources) {
      for (const definition of engineSource.source.kinds) {
        this.#sources.set(definition, engineSource);
      }
    }
  }

  /** A rule that throws here makes the object an item, so that its verdict says so. */
  isItem(table: KindTable, record: ObjectRecord): boolean {
    try {
      return table.definition.isItem?.(record, this.#store) ?? true;
    } catch {
      return true;
    }
  }

  judge(options: {
    id: string;
    table: KindTable;
    record: ObjectRecord;
  }): Joined & { dueAt: number | undefined } {
    const { table, record } = options;
    const failure = table.failure(record.head.uid);
    const judgement = failure
      ? unknown('SourceError', 'The object could not be read')
      : this.#collector.rules.judge(table.definition, record, {
          now: this.#collector.clock.now(),
          lookup: this.#store,
          settings: this.#sources.get(table.definition)?.settings ?? noSettings,
        });
    return { ...this.#join(options, judgement), dueAt: judgement.dueAt };
  }

  /** The object is there, and kinds that its rule needs have never been read. */
  neverSynced(options: {
    id: string;
    table: KindTable;
    record: ObjectRecord;
  }): Joined {
    const pending: KindName[] = (options.table.definition.needs ?? []).filter(
      kind => this.#store.readability(kind) === 'pending',
    );
    const kinds = pending.join(', ');
    return this.#join(options, {
      ...unknown('NeverSynced', `Not judged yet: ${kinds} not read so far`),
      params: { kinds },
    });
  }

  #join(
    options: { id: string; table: KindTable; record: ObjectRecord },
    judgement: Judgement,
  ): Joined {
    const { id, table, record } = options;
    const { definition } = table;
    const { cluster, correlator } = this.#collector;
    const { head } = record;
    const store = this.#store;
    const target = correlationTarget({ cluster, store, table, record });
    const { health, reason, params, message } = judgement;
    const item: JudgedItem = {
      id,
      source: this.#sources.get(definition)?.source.id ?? '',
      area: definition.area ?? 'workloads',
      cluster,
      clusterUid: this.#clusterUid,
      environment: correlator.environment(
        withNamespaceEnvironment(target, store),
      ),
      apiVersion: head.apiVersion,
      group: definition.group,
      kind: definition.kind,
      namespace: head.namespace,
      name: head.name,
      uid: head.uid,
      verdict: { health, reason, params, message },
      objectSince: judgement.since,
      evidence: judgement.evidence ?? {},
      revision: judgement.revision,
      links: judgement.links ?? [],
      entities: correlator.links(target),
    };
    return { item, target };
  }
}

function unknown(
  reason: 'SourceError' | 'NeverSynced',
  message: string,
): Judgement {
  return { health: 'unknown', reason, params: {}, message };
}
