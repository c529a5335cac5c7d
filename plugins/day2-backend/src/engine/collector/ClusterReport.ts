import { ClusterState, KindState } from '@day2ops/backstage-plugin-day2-common';
import { KindName, RecordLookup } from '@day2ops/backstage-plugin-day2-node';
import { ClusterWrite } from '../../model/types';
import { ClusterIdentity } from '../probe/readIdentity';
import { AccessWarning } from '../probe/reviewAccess';
import { ProbeStatus } from '../probe/ClusterProbe';
import { missingRules } from '../roles/clusterRoleOf';
import { ClusterSession } from './ClusterSession';
import { CollectorOptions } from './types';

const nothing: RecordLookup = {
  get: () => undefined,
  byUid: () => undefined,
  ownedBy: () => [],
  inNamespace: () => [],
  all: () => [],
  readability: () => 'pending',
};

/** What is said of a cluster as a whole, and whether it changed since it was last said. */
export class ClusterReport {
  readonly #collector: CollectorOptions;
  probe: ProbeStatus | undefined;
  identity: ClusterIdentity | undefined;
  duplicateOf: string | undefined;
  #warnings: readonly AccessWarning[] = [];
  #stateSince: number;
  #state: ClusterState = 'neverSynced';
  #last = '';
  readonly #measured = new Map<KindName, KindState>();

  constructor(options: { collector: CollectorOptions }) {
    this.#collector = options.collector;
    this.#stateSince = options.collector.clock.now();
  }

  setWarnings(warnings: readonly AccessWarning[]): void {
    this.#warnings = this.identity?.uid
      ? warnings
      : [
          ...warnings,
          {
            reason: 'NoIdentity',
            message:
              'The namespace kube-system cannot be read: a re-created cluster would not be noticed',
          },
        ];
  }

  /** The row to write; `undefined` when the last one still holds. */
  changed(session: ClusterSession | undefined): ClusterWrite | undefined {
    this.#measure(session);
    const write = this.#write(session);
    const text = JSON.stringify(write);
    if (text === this.#last) {
      return undefined;
    }
    this.#last = text;
    return write;
  }

  #write(session: ClusterSession | undefined): ClusterWrite {
    const { clock, rules, sources } = this.#collector;
    const states = session?.kinds.states() ?? [];
    const state = this.#stateNow();
    const forbidden = new Set(
      states
        .filter(({ write }) => write.state === 'forbidden')
        .map(({ write }) => `${write.group}/${write.kind}`),
    );
    const verdict = this.duplicateOf
      ? duplicateVerdict(this.duplicateOf)
      : rules.judgeCluster({
          now: clock.now(),
          state,
          since: this.#stateSince,
          message: this.probe?.message,
          version: this.identity?.version,
          kinds: states.map(({ kind, write }) => ({
            kind,
            state: write.state,
          })),
          lookup: session?.items.store ?? nothing,
        });
    const kinds = sources.flatMap(({ source }) => source.kinds);
    return {
      uid: this.identity?.uid,
      version: this.identity?.version,
      state,
      stateSince: this.#stateSince,
      verdict,
      nextAttemptAt: this.probe?.nextAttemptAt,
      warnings: this.#warnings,
      missingRules: missingRules(
        kinds.filter(({ group, kind }) => forbidden.has(`${group}/${kind}`)),
      ),
    };
  }

  #stateNow(): ClusterState {
    const state = this.duplicateOf
      ? 'duplicate'
      : this.probe?.state ?? 'neverSynced';
    if (state !== this.#state) {
      this.#state = state;
      this.#stateSince = this.#collector.clock.now();
    }
    return state;
  }

  #measure(session: ClusterSession | undefined): void {
    const { cluster, metrics } = this.#collector;
    const isUp = this.probe?.state === 'connected';
    metrics.clusterUp.set({ cluster }, isUp ? 1 : 0);
    for (const { kind, write } of session?.kinds.states() ?? []) {
      metrics.watchedObjects.set({ cluster, kind }, write.objects);
      metrics.quarantinedObjects.set({ cluster, kind }, write.quarantined);
      const said = this.#measured.get(kind);
      if (said !== write.state) {
        if (said) {
          metrics.kindState.remove({ cluster, kind, state: said });
        }
        metrics.kindState.set({ cluster, kind, state: write.state }, 1);
        this.#measured.set(kind, write.state);
      }
    }
  }

  /** Takes the cluster out of the metrics of this replica. */
  forget(): void {
    const { cluster, metrics } = this.#collector;
    metrics.clusterUp.remove({ cluster });
    for (const [kind, state] of this.#measured) {
      metrics.watchedObjects.remove({ cluster, kind });
      metrics.quarantinedObjects.remove({ cluster, kind });
      metrics.kindState.remove({ cluster, kind, state });
    }
    this.#measured.clear();
  }
}

function duplicateVerdict(name: string): ClusterWrite['verdict'] {
  return {
    health: 'unknown',
    reason: 'Duplicate',
    params: { name },
    message: `The same cluster as ${name}: it is collected under that name only.`,
  };
}
