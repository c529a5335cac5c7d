import { isError } from '@backstage/errors';
import { KindName } from '@day2ops/backstage-plugin-day2-node';
import { AccessWarning, reviewAccess } from '../probe/reviewAccess';
import { ClusterProbe, ProbeStatus } from '../probe/ClusterProbe';
import { ClusterIdentity, readIdentity } from '../probe/readIdentity';
import { BatchWriter } from './BatchWriter';
import { ClusterReport } from './ClusterReport';
import { ClusterSession } from './ClusterSession';
import { Pump } from './Pump';
import { CollectorOptions } from './types';

const retryMs = 5_000;
const shutdownMs = 4_000;

/** Watches one cluster while its lease is held, and writes what it finds. */
export class Collector {
  readonly #options: CollectorOptions;
  readonly #writer: BatchWriter;
  readonly #pump: Pump;
  readonly #probe: ClusterProbe;
  readonly #report: ClusterReport;
  readonly #stopped = new AbortController();
  #session: ClusterSession | undefined;
  #connecting: Promise<void> | undefined;
  #contacting: Promise<void> | undefined;
  /** A kind came alive, and its row must be there before it can be said that it was heard of. */
  #contactDue = false;
  #cancelRetry: (() => void) | undefined;

  constructor(options: CollectorOptions) {
    this.#options = options;
    const { gateway, cluster, clock } = options;
    this.#writer = new BatchWriter(options);
    this.#report = new ClusterReport({ collector: options });
    this.#pump = new Pump({
      clock,
      logger: options.logger,
      work: signal => this.#work(signal),
      hasWork: () =>
        (this.#session?.items.hasWork ?? false) || !this.#writer.isEmpty,
      nextDueAt: () => this.#session?.items.nextDueAt,
      onLeaseLost: () => options.onLeaseLost(),
    });
    this.#probe = new ClusterProbe({
      gateway,
      cluster,
      clock,
      onStatus: status => this.#probed(status),
      onAnswer: () => this.#answered(),
    });
  }

  start(): void {
    this.#probe.start();
    this.#reported();
  }

  /**
   * Ends every stream, then writes what waits, within 4 s. With `flush: false` (the lease is lost) nothing is written.
   */
  async stop(options: { flush: boolean }): Promise<void> {
    const { clock } = this.#options;
    this.#stopped.abort();
    this.#cancelRetry?.();
    await Promise.all([
      this.#probe.stop(),
      this.#connecting,
      this.#session?.stop(),
    ]);
    if (options.flush) {
      const late = new AbortController();
      const cancel = clock.after(shutdownMs, () => late.abort());
      await this.#pump.finish(late.signal);
      cancel();
    }
    await this.#pump.stop();
    await this.#contacting;
    this.#report.forget();
  }

  #probed(status: ProbeStatus): void {
    if (status.state === 'connected') {
      this.#connect();
    } else {
      this.#session?.kinds.pause(
        status.message ?? 'The cluster does not answer',
      );
    }
    this.#report.probe = status;
    this.#reported();
  }

  /** The cluster answered its probe: what is watched is as good as heard of. */
  #answered(): void {
    if (!this.#session && !this.#connecting && !this.#cancelRetry) {
      this.#connect();
    }
    this.#contact(this.#session?.kinds.live() ?? []);
    this.#session?.writeKindStates();
    this.#reported();
  }

  #connect(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    this.#connecting ??= this.#tryConnect().finally(() => {
      this.#connecting = undefined;
    });
  }

  async #tryConnect(): Promise<void> {
    const { clock, logger, cluster } = this.#options;
    const { signal } = this.#stopped;
    try {
      const identity = await this.#identify(signal);
      if (identity) {
        await this.#open(identity, signal);
      }
    } catch (error) {
      if (!signal.aborted) {
        const message = isError(error) ? error.message : String(error);
        logger.warn(`Collecting ${cluster} could not begin: ${message}`);
        this.#cancelRetry = clock.after(retryMs, () => this.#connect());
      }
    }
  }

  /** Who answers; `undefined` for a cluster that is collected under another name already. */
  async #identify(signal: AbortSignal): Promise<ClusterIdentity | undefined> {
    const { gateway, cluster, registry, clock } = this.#options;
    const identity = await readIdentity({ gateway, cluster, signal });
    const { uid } = identity;
    const duplicateOf =
      uid && (await registry.otherNameOf({ name: cluster, uid }));
    signal.throwIfAborted();
    this.#report.identity = identity;
    this.#report.duplicateOf = duplicateOf || undefined;
    if (!duplicateOf) {
      return identity;
    }
    await this.#close();
    this.#cancelRetry = clock.after(12 * retryMs, () => this.#connect());
    this.#reported();
    return undefined;
  }

  async #open(identity: ClusterIdentity, signal: AbortSignal): Promise<void> {
    const { store, lease, gateway, cluster } = this.#options;
    // Without the right to read kube-system the name must do for an identity.
    const uid = identity.uid ?? `name:${cluster}`;
    if (this.#session?.uid === uid) {
      this.#session.kinds.resume();
    } else {
      await this.#close();
      await store.seal(lease, uid);
      const stored = await store.load(lease);
      signal.throwIfAborted();
      this.#session = new ClusterSession({
        collector: this.#options,
        uid,
        stored,
        writer: this.#writer,
        onWork: () => this.#pump.schedule(),
        onKindState: () => this.#kindChanged(),
      });
      this.#session.start();
    }
    const warnings: AccessWarning[] = await reviewAccess({
      gateway,
      cluster,
      signal,
    });
    this.#report.setWarnings(warnings);
    this.#reported();
  }

  async #close(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await session?.stop();
  }

  #kindChanged(): void {
    this.#session?.writeKindStates();
    this.#contactDue = true;
    this.#reported();
  }

  /** Writes the cluster's row when anything about it changed. */
  #reported(): void {
    const write = this.#report.changed(this.#session);
    if (write) {
      this.#writer.cluster(write);
      this.#pump.schedule();
    }
  }

  #contact(kinds: readonly KindName[]): void {
    const { store, lease } = this.#options;
    if (this.#report.duplicateOf || this.#stopped.signal.aborted) {
      return;
    }
    this.#contacting ??= store
      .contact(lease, kinds)
      .catch(error => this.#pump.failed(error))
      .finally(() => {
        this.#contacting = undefined;
      });
  }

  async #work(signal: AbortSignal): Promise<void> {
    await this.#session?.items.process(signal);
    await this.#writer.flush();
    if (this.#contactDue) {
      this.#contactDue = false;
      this.#contact(this.#session?.kinds.live() ?? []);
    }
  }
}
