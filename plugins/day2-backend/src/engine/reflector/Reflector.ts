import { isError } from '@backstage/errors';
import { ClusterGateway } from '@day2ops/backstage-plugin-day2-node';
import { Clock } from '../../model/time';
import { Slicer } from '../time/Slicer';
import { Backoff } from './Backoff';
import { classify } from './classify';
import { confirmLoss, missingFrom } from './confirmLoss';
import { listObjects, Snapshot } from './listObjects';
import { readInitialEvents } from './readInitialEvents';
import { ReflectorHandler } from './ReflectorHandler';
import { StatusKeeper } from './StatusKeeper';
import { TokenBucket } from './TokenBucket';
import {
  defaultTiming,
  ReflectorStatus,
  ReflectorTiming,
  VeryShortWatchError,
} from './types';
import { openWatch, WatchChannel } from './WatchChannel';
import { WatchCursor } from './WatchCursor';

export interface ReflectorOptions<K> {
  gateway: ClusterGateway;
  cluster: string;
  /** Of the kind, for example `/apis/apps/v1/deployments`. */
  path: string;
  handler: ReflectorHandler<K>;
  clock: Clock;
  /** 0 to 1. */
  random(): number;
  /** Shared by all reflectors of the cluster. */
  tokens: TokenBucket;
  timing?: ReflectorTiming;
  onStatus(status: ReflectorStatus): void;
  /** For metrics: each line of a watch, by type of event. */
  onEvent?(type: string): void;
  /** For metrics: each attempt to read everything. */
  onList?(outcome: 'success' | 'failure'): void;
}

/**
 * Keeps one kind of one cluster up to date: list, then watch, for ever. It ends only by `stop`; every failure leads to
 * another attempt, and nothing that was known is lost by one.
 */
export class Reflector<K> {
  readonly #options: ReflectorOptions<K>;
  readonly #timing: ReflectorTiming;
  readonly #backoff: Backoff;
  readonly #status: StatusKeeper;
  readonly #cursor: WatchCursor<K>;
  readonly #stopped = new AbortController();
  #attempt = new AbortController();
  #resume: (() => void) | undefined;
  #resumed: Promise<void> | undefined;
  #live = false;
  #streams = true;
  #backwards = 0;
  #watchFailures = 0;
  #running: Promise<void> | undefined;

  constructor(options: ReflectorOptions<K>) {
    this.#options = options;
    this.#timing = options.timing ?? defaultTiming;
    this.#backoff = new Backoff(options.random);
    this.#status = new StatusKeeper(options);
    this.#cursor = new WatchCursor(options.handler);
  }

  get status(): ReflectorStatus {
    return this.#status.current;
  }

  /** Whether a watch is open and what it said is applied. */
  get isLive(): boolean {
    return this.#live;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Ends the watch and resolves when nothing of this reflector runs any more. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#attempt.abort();
    this.#resume?.();
    await this.#running;
  }

  /** The cluster does not answer: ends the watch and tries nothing until `resume`. */
  pause(message: string): void {
    if (!this.#resumed) {
      this.#resumed = new Promise(resolve => {
        this.#resume = resolve;
      });
      this.#status.set('backoff', { message });
      this.#attempt.abort();
    }
  }

  resume(): void {
    this.#backoff.reset();
    this.#resume?.();
    this.#resumed = undefined;
    this.#resume = undefined;
  }

  /** Tries at once what is being waited for. */
  recheck(): void {
    if (this.#status.waits) {
      this.#attempt.abort();
    }
  }

  async #run(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      this.#attempt = new AbortController();
      const { signal } = this.#attempt;
      try {
        await this.#resumed;
        this.#stopped.signal.throwIfAborted();
        await this.#cycle(signal);
      } catch (error) {
        this.#live = false;
        if (!signal.aborted) {
          await this.#recover(error, signal);
        }
      }
    }
  }

  async #cycle(signal: AbortSignal): Promise<void> {
    let channel: WatchChannel | undefined;
    if (this.#cursor.needsList) {
      channel = await this.#synchronise(signal);
      this.#status.set('synced');
    }
    channel ??= await this.#open(signal);
    this.#status.set('synced');
    await this.#watch(channel);
  }

  /** Brings the handler to what the cluster has; resolves with the watch that goes on, when one did it. */
  async #synchronise(signal: AbortSignal): Promise<WatchChannel | undefined> {
    const { handler, tokens } = this.#options;
    this.#status.set('listing');
    let channel: WatchChannel | undefined;
    try {
      let snapshot: Snapshot<K> | undefined;
      if (this.#streams) {
        await tokens.take(signal);
        const initial = await readInitialEvents({
          open: query => this.#open(signal, query),
          atLeast: this.#cursor.atLeast,
          handler,
          clock: this.#options.clock,
          timing: this.#timing,
        });
        channel = initial?.channel;
        snapshot = initial?.snapshot;
        this.#streams = initial !== undefined;
      }
      const list = this.#listOptions(signal);
      snapshot ??= await listObjects(list, this.#cursor.atLeast);
      const confirmed = await confirmLoss(list, snapshot);
      await this.#adopt(confirmed, signal);
      this.#options.onList?.('success');
      return channel;
    } catch (error) {
      channel?.close();
      if (!signal.aborted) {
        this.#options.onList?.('failure');
      }
      throw error;
    }
  }

  #listOptions(signal: AbortSignal) {
    const { gateway, cluster, path, handler, clock, tokens } = this.#options;
    const { pageSize } = this.#timing;
    return { gateway, cluster, path, handler, clock, tokens, pageSize, signal };
  }

  /** Applies a snapshot in slices: first what is there, then what is not any more. */
  async #adopt(snapshot: Snapshot<K>, signal: AbortSignal): Promise<void> {
    const { handler } = this.#options;
    this.#cursor.assertForward(snapshot.resourceVersion, this.#backwards);
    const slicer = new Slicer();
    const gone = missingFrom(handler, snapshot);
    for (const object of snapshot.objects.values()) {
      handler.apply(object, { late: true });
      await slicer.pause();
      signal.throwIfAborted();
    }
    for (const uid of gone) {
      handler.remove(uid, { late: true });
      await slicer.pause();
      signal.throwIfAborted();
    }
    this.#backwards = 0;
    this.#status.setUnreadable(snapshot.unreadable);
    this.#cursor.startAt(snapshot.resourceVersion);
  }

  async #open(
    signal: AbortSignal,
    query: Readonly<Record<string, string | boolean>> = {
      resourceVersion: this.#cursor.resourceVersion,
    },
  ): Promise<WatchChannel> {
    const { gateway, cluster, path, clock, random } = this.#options;
    const [from, to] = this.#timing.watchSeconds;
    return await openWatch({
      gateway,
      clock,
      quietMs: this.#timing.quietMs,
      request: {
        cluster,
        path,
        signal,
        query: {
          watch: true,
          allowWatchBookmarks: true,
          timeoutSeconds: Math.round(from + random() * (to - from)),
          ...query,
        },
      },
    });
  }

  async #watch(channel: WatchChannel): Promise<void> {
    const { clock } = this.#options;
    const openedAt = clock.now();
    const slicer = new Slicer();
    let events = 0;
    this.#live = true;
    try {
      for (;;) {
        const { done, value } = await channel.lines.next();
        if (done) {
          break;
        }
        const type = this.#cursor.take(value, clock.now());
        this.#options.onEvent?.(type);
        events += 1;
        await slicer.pause();
      }
    } catch (error) {
      if (!channel.wasQuiet()) {
        throw error;
      }
    } finally {
      this.#live = false;
      channel.close();
      const lived = clock.now() - openedAt;
      if (lived >= this.#timing.healthyMs) {
        this.#backoff.reset();
        this.#watchFailures = 0;
      }
    }
    if (events === 0 && clock.now() - openedAt < this.#timing.veryShortMs) {
      throw new VeryShortWatchError(
        'the watch ended at once, without an event',
      );
    }
  }

  async #recover(error: unknown, signal: AbortSignal): Promise<void> {
    const { clock, random } = this.#options;
    const verdict = classify(error);
    this.#watchFailures += 1;
    if (verdict.lost === 'version') {
      this.#cursor.expire();
    } else if (verdict.lost === 'events' || this.#watchFailures % 5 === 0) {
      this.#cursor.needsList = true;
    }
    if (verdict.wentBack) {
      this.#backwards += 1;
    }
    const spread = ([from, to]: readonly [number, number]) =>
      from + random() * (to - from);
    const waits = {
      forbidden: () => spread(this.#timing.forbiddenMs),
      absent: () => this.#timing.absentMs,
      backoff: () => Math.max(this.#backoff.next(), verdict.retryAfterMs ?? 0),
    };
    const delay = waits[verdict.state]();
    this.#status.set(verdict.state, {
      message: isError(error) ? error.message : 'unknown error',
      nextAttemptAt: clock.now() + delay,
    });
    try {
      await clock.delay(delay, signal);
    } catch {
      // Stopped, paused or asked to try at once: the loop looks at which.
    }
  }
}
