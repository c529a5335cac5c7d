import { isError } from '@backstage/errors';
import { ClusterState } from '@day2ops/backstage-plugin-day2-common';
import { ClusterGateway } from '@day2ops/backstage-plugin-day2-node';
import { Clock } from '../../model/time';
import { statusErrorOf } from '../reflector/ApiStatusError';

const intervalMs = 15_000;
/** While nothing answers, so that the way back takes seconds. */
const silentIntervalMs = 10_000;
const timeoutMs = 5_000;
const failuresToSilence = 2;

export interface ProbeStatus {
  state: Extract<
    ClusterState,
    'connected' | 'silent' | 'neverSynced' | 'unauthenticated'
  >;
  since: number;
  message: string | undefined;
  nextAttemptAt: number | undefined;
}

/**
 * Asks `/readyz` again and again: whether a cluster as a whole can be seen. Two failures in a row make it silent; any
 * answer that is not a server's failure brings it back.
 */
export class ClusterProbe {
  readonly #options: {
    gateway: ClusterGateway;
    cluster: string;
    clock: Clock;
    onAnswer(): void;
    onStatus(status: ProbeStatus): void;
  };
  readonly #stopped = new AbortController();
  #status: ProbeStatus;
  #failures = 0;
  #everAnswered = false;
  #running: Promise<void> | undefined;

  constructor(options: {
    gateway: ClusterGateway;
    cluster: string;
    clock: Clock;
    /** After each good answer. */
    onAnswer(): void;
    /** When the state, its reason or the next attempt changed. */
    onStatus(status: ProbeStatus): void;
  }) {
    this.#options = options;
    this.#status = {
      state: 'neverSynced',
      since: options.clock.now(),
      message: undefined,
      nextAttemptAt: undefined,
    };
  }

  get status(): ProbeStatus {
    return this.#status;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { clock } = this.#options;
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      await this.#ask(signal);
      const connected = this.#status.state === 'connected';
      try {
        await clock.delay(connected ? intervalMs : silentIntervalMs, signal);
      } catch {
        // Stopped.
      }
    }
  }

  async #ask(signal: AbortSignal): Promise<void> {
    const { gateway, cluster, clock } = this.#options;
    try {
      const response = await gateway.request({
        cluster,
        path: '/readyz',
        signal,
        timeoutMs,
      });
      if (response.status === 401) {
        this.#fail('the API server refuses the credential', 'unauthenticated');
      } else if (response.status >= 500) {
        const { status, body, headers } = response;
        const retryAfter = headers['retry-after'];
        const now = clock.now();
        this.#fail(statusErrorOf({ status, body, retryAfter, now }).message);
      } else {
        this.#succeed();
      }
    } catch (error) {
      if (!signal.aborted) {
        this.#fail(isError(error) ? error.message : 'no answer');
      }
    }
  }

  #succeed(): void {
    this.#failures = 0;
    this.#everAnswered = true;
    this.#set({ state: 'connected', message: undefined });
    this.#options.onAnswer();
  }

  #fail(message: string, state?: 'unauthenticated'): void {
    this.#failures += 1;
    if (this.#failures >= failuresToSilence || !this.#everAnswered) {
      const lost = this.#everAnswered ? 'silent' : 'neverSynced';
      this.#set({ state: state ?? lost, message });
    }
  }

  #set({ state, message }: Pick<ProbeStatus, 'state' | 'message'>): void {
    const now = this.#options.clock.now();
    const before = this.#status;
    const nextAttemptAt =
      state === 'connected' ? undefined : now + silentIntervalMs;
    const since = before.state === state ? before.since : now;
    this.#status = { state, since, message, nextAttemptAt };
    if (
      before.state !== state ||
      before.message !== message ||
      before.nextAttemptAt !== nextAttemptAt
    ) {
      this.#options.onStatus(this.#status);
    }
  }
}
