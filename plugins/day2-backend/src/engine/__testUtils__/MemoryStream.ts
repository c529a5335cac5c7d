import { ClusterRequest } from '@day2ops/backstage-plugin-day2-node';
import { toUnreachable } from '../gateway/ClusterUnreachableError';

export interface FakeStream {
  path: string;
  query: NonNullable<ClusterRequest['query']>;
  push(line: string): void;
  end(): void;
  fail(error: unknown): void;
}

/** A stream in memory, fed and ended by a test. */
export class MemoryStream implements FakeStream {
  readonly path: string;
  readonly query: NonNullable<ClusterRequest['query']>;
  readonly #queue: string[] = [];
  readonly #signal: AbortSignal;
  readonly #onEnd: () => void;
  readonly #onAbort = () =>
    this.#finish({ error: new DOMException('aborted', 'AbortError') });
  #outcome: { error?: unknown } | undefined;
  #wake = () => {};

  constructor(options: {
    path: string;
    query: NonNullable<ClusterRequest['query']>;
    signal: AbortSignal;
    onEnd(): void;
  }) {
    this.path = options.path;
    this.query = options.query;
    this.#signal = options.signal;
    this.#onEnd = options.onEnd;
    this.#signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  push(line: string) {
    this.#queue.push(line);
    this.#wake();
  }

  end() {
    this.#finish({});
  }

  fail(error: unknown) {
    this.#finish({ error: toUnreachable('c1', error) });
  }

  async *lines() {
    try {
      for (;;) {
        while (this.#queue.length > 0) {
          yield this.#queue.shift()!;
        }
        if (this.#outcome?.error) {
          throw this.#outcome.error;
        }
        if (this.#outcome) {
          return;
        }
        await this.#news();
      }
    } finally {
      this.#finish({});
    }
  }

  #news(): Promise<void> {
    return new Promise(resolve => {
      this.#wake = resolve;
    });
  }

  #finish(outcome: { error?: unknown }) {
    this.#outcome ??= outcome;
    this.#signal.removeEventListener('abort', this.#onAbort);
    this.#onEnd();
    this.#wake();
  }
}
